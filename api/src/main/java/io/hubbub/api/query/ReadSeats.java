package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import java.util.UUID;

/**
 * Who of a conversation is at an edge, those who hide left out; asked at {@code edge.<node>}.
 * Answered by {@link Seats}.
 *
 * @param conversation which
 */
public record ReadSeats(UUID conversation) implements Query {
  @Override
  public void write(Out out) {
    out.uuid(conversation);
  }

  /** The inverse of {@link #write}. */
  public static ReadSeats read(In in) {
    return new ReadSeats(in.uuid());
  }
}
