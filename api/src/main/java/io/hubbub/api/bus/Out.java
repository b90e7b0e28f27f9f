package io.hubbub.api.bus;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes the binary form of bus messages: variable-length integers (LEB128), strings as length and
 * UTF-8, null as length 0 where a length is kept one higher.
 */
public final class Out {
  private final Buffer buffer;

  /** Appends to a buffer. */
  public Out(Buffer buffer) {
    this.buffer = buffer;
  }

  /** One byte. */
  public Out u8(int value) {
    buffer.appendByte((byte) value);
    return this;
  }

  /** A boolean as one byte. */
  public Out bool(boolean value) {
    return u8(value ? 1 : 0);
  }

  /** A number in 1 to 10 bytes; negative ones take 10. */
  public Out varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      buffer.appendByte((byte) (rest | 0x80));
      rest >>>= 7;
    }
    buffer.appendByte((byte) rest);
    return this;
  }

  /** Eight bytes. */
  public Out int64(long value) {
    buffer.appendLong(value);
    return this;
  }

  /** Sixteen bytes. */
  public Out uuid(UUID value) {
    buffer.appendLong(value.getMostSignificantBits());
    buffer.appendLong(value.getLeastSignificantBits());
    return this;
  }

  /** A string, or null. */
  public Out text(@Nullable String value) {
    if (value == null) {
      return varint(0);
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    varint(bytes.length + 1L);
    buffer.appendBytes(bytes);
    return this;
  }

  /** Strings. */
  public Out texts(Collection<String> values) {
    varint(values.size());
    values.forEach(this::text);
    return this;
  }

  /** Identifiers. */
  public Out uuids(Collection<UUID> values) {
    varint(values.size());
    values.forEach(this::uuid);
    return this;
  }

  /** Numbers by identifier. */
  public Out numbers(Map<UUID, Long> values) {
    varint(values.size());
    values.forEach((key, value) -> uuid(key).varint(value));
    return this;
  }

  /** Records one after the other. */
  public Out all(List<? extends Wire> values) {
    varint(values.size());
    values.forEach(value -> value.write(this));
    return this;
  }

  /** A record, or null. */
  public Out maybe(@Nullable Wire value) {
    bool(value != null);
    if (value != null) {
      value.write(this);
    }
    return this;
  }
}
