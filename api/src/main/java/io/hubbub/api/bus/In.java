package io.hubbub.api.bus;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link Out} wrote. The lengths are those of a peer that is trusted but may be newer;
 * running over the end throws {@link IndexOutOfBoundsException}, which fails that one message.
 */
public final class In {
  private final Buffer buffer;
  private final int version;
  private int position;

  /**
   * Reads from a position on.
   *
   * @param version the format that the sender wrote
   */
  public In(Buffer buffer, int position, int version) {
    this.buffer = buffer;
    this.position = position;
    this.version = version;
  }

  /** The format that the sender wrote. */
  public int version() {
    return version;
  }

  /** One byte, 0 to 255. */
  public int u8() {
    return buffer.getUnsignedByte(position++);
  }

  /** A boolean. */
  public boolean bool() {
    return u8() != 0;
  }

  /** A number. */
  public long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = u8();
      value |= (next & 0x7FL) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IndexOutOfBoundsException("a number of over 10 bytes");
  }

  /** A number that counts something. */
  public int count() {
    return Math.toIntExact(varint());
  }

  /** Eight bytes. */
  public long int64() {
    long value = buffer.getLong(position);
    position += 8;
    return value;
  }

  /** Sixteen bytes. */
  public UUID uuid() {
    return new UUID(int64(), int64());
  }

  /** A string that is there. */
  public String text() {
    String value = maybeText();
    if (value == null) {
      throw new IndexOutOfBoundsException("a string is missing");
    }
    return value;
  }

  /** A string, or null. */
  public @Nullable String maybeText() {
    int length = count() - 1;
    if (length < 0) {
      return null;
    }
    String value = buffer.getString(position, position + length);
    position += length;
    return value;
  }

  /** Strings. */
  public List<String> texts() {
    return all(In::text);
  }

  /** Identifiers. */
  public List<UUID> uuids() {
    return all(In::uuid);
  }

  /** Numbers by identifier, in the order sent. */
  public Map<UUID, Long> numbers() {
    int count = count();
    Map<UUID, Long> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      values.put(uuid(), varint());
    }
    return values;
  }

  /** Records one after the other. */
  public <T> List<T> all(Function<In, T> reader) {
    int count = count();
    List<T> values = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      values.add(reader.apply(this));
    }
    return values;
  }

  /** A record, or null. */
  public <T> @Nullable T maybe(Function<In, T> reader) {
    return bool() ? reader.apply(this) : null;
  }
}
