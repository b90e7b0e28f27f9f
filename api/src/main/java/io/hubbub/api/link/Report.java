package io.hubbub.api.link;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/**
 * To a home of users: all that the sender holds for it follows, or has followed. What is not among
 * it is no more.
 *
 * @param end whether it ends
 * @param slots which slots the sender takes the home for home of, as {@link
 *     io.hubbub.api.cluster.Homes#print} has it
 */
public record Report(boolean end, long slots) implements Item {
  @Override
  public void write(Out out) {
    out.bool(end);
    out.int64(slots);
  }

  /** The inverse of {@link #write}. */
  public static Report read(In in) {
    return new Report(in.bool(), in.int64());
  }
}
