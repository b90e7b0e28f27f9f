package io.hubbub.chat.protocol;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON as UTF-8 bytes, straight and without a tree. Commas are put by itself; that objects
 * and arrays are closed and names go before values is the caller's part. Grows as needed and can be
 * used again after {@link #clear}. Not for several threads at once.
 */
public final class JsonOut {
  private static final byte[] HEX = ascii("0123456789abcdef");

  private byte[] bytes;
  private int length;
  private boolean comma;

  /** An empty one. */
  public JsonOut() {
    this(256);
  }

  /**
   * An empty one.
   *
   * @param capacity bytes to have room for at first
   */
  public JsonOut(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  /** Opens an object, as a value. */
  public JsonOut object() {
    return open('{');
  }

  /** Closes the object. */
  public JsonOut endObject() {
    return close('}');
  }

  /** Opens an array, as a value. */
  public JsonOut array() {
    return open('[');
  }

  /** Closes the array. */
  public JsonOut endArray() {
    return close(']');
  }

  /** The name of the next value in an object. */
  public JsonOut name(String name) {
    value(name);
    put(':');
    comma = false;
    return this;
  }

  /** A string; a lone surrogate becomes U+FFFD. Null is {@code null}. */
  public JsonOut value(@Nullable String text) {
    if (text == null) {
      return raw("null");
    }
    separate();
    put('"');
    text(text);
    put('"');
    return this;
  }

  /** A number. */
  public JsonOut value(long number) {
    separate();
    number(number);
    return this;
  }

  /** A boolean. */
  public JsonOut value(boolean truth) {
    return raw(truth ? "true" : "false");
  }

  /** An identifier, as a string. */
  public JsonOut value(UUID id) {
    separate();
    put('"');
    hex(id.getMostSignificantBits(), 60, 28);
    put('-');
    hex(id.getMostSignificantBits(), 28, 12);
    put('-');
    hex(id.getMostSignificantBits(), 12, -4);
    put('-');
    hex(id.getLeastSignificantBits(), 60, 44);
    put('-');
    hex(id.getLeastSignificantBits(), 44, -4);
    put('"');
    return this;
  }

  /** A name and a string. */
  public JsonOut field(String name, @Nullable String text) {
    return name(name).value(text);
  }

  /** A name and a number. */
  public JsonOut field(String name, long number) {
    return name(name).value(number);
  }

  /** A name and a boolean. */
  public JsonOut field(String name, boolean truth) {
    return name(name).value(truth);
  }

  /** A name and an identifier. */
  public JsonOut field(String name, UUID id) {
    return name(name).value(id);
  }

  /** A value that is JSON in ASCII already. */
  public JsonOut raw(String json) {
    separate();
    ensure(json.length());
    for (int i = 0; i < json.length(); i++) {
      bytes[length++] = (byte) json.charAt(i);
    }
    return this;
  }

  /** A value that is JSON in UTF-8 already. */
  public JsonOut raw(byte[] json) {
    separate();
    ensure(json.length);
    System.arraycopy(json, 0, bytes, length, json.length);
    length += json.length;
    return this;
  }

  /** A value that is JSON in UTF-8 already. */
  public JsonOut raw(Buffer json) {
    separate();
    int more = json.length();
    ensure(more);
    json.getBytes(0, more, bytes, length);
    length += more;
    return this;
  }

  /** Ends a line: what follows is a value of its own. */
  public JsonOut line() {
    put('\n');
    comma = false;
    return this;
  }

  /** How many bytes are written. */
  public int length() {
    return length;
  }

  /** Forgets what is written, keeps the room. */
  public JsonOut clear() {
    length = 0;
    comma = false;
    return this;
  }

  /** A copy of what is written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** A copy of what is written. */
  public Buffer toBuffer() {
    return Buffer.buffer(length).appendBytes(bytes, 0, length);
  }

  /** Appends what is written to a buffer. */
  public void appendTo(Buffer buffer) {
    buffer.appendBytes(bytes, 0, length);
  }

  private JsonOut open(char bracket) {
    separate();
    put(bracket);
    comma = false;
    return this;
  }

  private JsonOut close(char bracket) {
    put(bracket);
    comma = true;
    return this;
  }

  private void separate() {
    if (comma) {
      put(',');
    }
    comma = true;
  }

  private void text(String text) {
    int size = text.length();
    ensure(size);
    for (int i = 0; i < size; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
        put(c);
      } else if (c < 0x80) {
        escape(c);
      } else if (c < 0x800) {
        put(0xc0 | (c >> 6));
        tail(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < size
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        int point = Character.toCodePoint(c, text.charAt(++i));
        put(0xf0 | (point >> 18));
        tail(point >> 12);
        tail(point >> 6);
        tail(point);
      } else {
        int point = Character.isSurrogate(c) ? 0xfffd : c;
        put(0xe0 | (point >> 12));
        tail(point >> 6);
        tail(point);
      }
    }
  }

  private void escape(char c) {
    put('\\');
    switch (c) {
      case '"', '\\' -> put(c);
      case '\n' -> put('n');
      case '\r' -> put('r');
      case '\t' -> put('t');
      default -> {
        put('u');
        hex(c, 12, -4);
      }
    }
  }

  private void hex(long bits, int from, int to) {
    for (int shift = from; shift > to; shift -= 4) {
      put(HEX[(int) (bits >>> shift) & 0xf]);
    }
  }

  private void number(long number) {
    if (number < 0) {
      byte[] digits = ascii(Long.toString(number));
      ensure(digits.length);
      System.arraycopy(digits, 0, bytes, length, digits.length);
      length += digits.length;
      return;
    }
    int digits = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    ensure(digits);
    long rest = number;
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  private void tail(int bits) {
    put(0x80 | (bits & 0x3f));
  }

  private void put(int octet) {
    if (length == bytes.length) {
      ensure(1);
    }
    bytes[length++] = (byte) octet;
  }

  private void ensure(int more) {
    int needed = Math.addExact(length, more);
    if (needed > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * bytes.length)));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
