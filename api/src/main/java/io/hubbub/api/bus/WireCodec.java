package io.hubbub.api.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.util.function.Function;

/**
 * Carries one kind of record over the bus. Within a process the record itself is handed over, as it
 * is immutable; between processes it is a version byte and the record's fields.
 */
final class WireCodec<T extends Wire> implements MessageCodec<T, T> {
  /** The newest format this process writes. Raised when a record gets a field. */
  static final int VERSION = 1;

  private final String name;
  private final Function<In, T> reader;

  WireCodec(String name, Function<In, T> reader) {
    this.name = name;
    this.reader = reader;
  }

  @Override
  public void encodeToWire(Buffer buffer, T message) {
    buffer.appendByte((byte) VERSION);
    message.write(new Out(buffer));
  }

  @Override
  public T decodeFromWire(int position, Buffer buffer) {
    return reader.apply(new In(buffer, position + 1, buffer.getUnsignedByte(position)));
  }

  @Override
  public T transform(T message) {
    return message;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
