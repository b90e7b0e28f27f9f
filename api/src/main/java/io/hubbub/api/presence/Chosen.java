package io.hubbub.api.presence;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;

/**
 * The status that a user chose. Of two the later counts, wherever they meet.
 *
 * @param status {@link Status#ONLINE} where it follows the sessions
 * @param at when, epoch milliseconds of the database; 0: never
 */
public record Chosen(Status status, long at) implements Wire {
  /** Nothing was chosen. */
  public static final Chosen NONE = new Chosen(Status.ONLINE, 0);

  /** The later of the two. */
  public Chosen or(Chosen other) {
    return other.at > at ? other : this;
  }

  @Override
  public void write(Out out) {
    out.u8(status.code());
    out.varint(at);
  }

  /** The inverse of {@link #write}. */
  public static Chosen read(In in) {
    return new Chosen(Status.ofCode(in.u8()), in.varint());
  }
}
