package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;

/**
 * What another is to a user.
 *
 * @param other whom it is about
 * @param state the code of a {@link FriendState}
 * @param at since when, epoch milliseconds, or 0
 */
public record Friendship(String other, int state, long at) implements Wire {
  @Override
  public void write(Out out) {
    out.text(other);
    out.varint(state);
    out.varint(at);
  }

  /** The inverse of {@link #write}. */
  public static Friendship read(In in) {
    return new Friendship(in.text(), in.count(), in.varint());
  }
}
