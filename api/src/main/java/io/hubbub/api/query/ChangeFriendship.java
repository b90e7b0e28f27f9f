package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/**
 * What a user does about another; the same again changes nothing. Answered by {@link Friendship}.
 * Fails with {@code not_found} for a user that there is not, {@code forbidden} for asking whom one
 * blocks, {@code too_large} over the bound.
 *
 * @param user who does it
 * @param other to whom; not oneself
 * @param act {@link #ASK}, {@link #END}, {@link #BLOCK} or {@link #UNBLOCK}
 * @param limit how many others a user may ask and block together
 */
public record ChangeFriendship(String user, String other, int act, int limit) implements Query {
  /** Asks to be friends, or accepts, which is the same. */
  public static final int ASK = 1;

  /** Withdraws a request, declines one, or ends being friends. */
  public static final int END = 2;

  /** Ends it and lets nothing through in either direction. */
  public static final int BLOCK = 3;

  /** Ends a block. */
  public static final int UNBLOCK = 4;

  @Override
  public void write(Out out) {
    out.text(user);
    out.text(other);
    out.varint(act);
    out.varint(limit);
  }

  /** The inverse of {@link #write}. */
  public static ChangeFriendship read(In in) {
    return new ChangeFriendship(in.text(), in.text(), in.count(), in.count());
  }
}
