package io.hubbub.api.link;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.cluster.Slots;

/**
 * To a home of users: somebody at the sender watches, or no longer watches, a user. Answered by
 * {@link Shown} as soon as the home knows.
 *
 * @param user who is watched
 * @param on whether
 */
public record Watch(String user, boolean on) implements Item {

  /** What stands for a watched user in the digest of an edge. */
  public static long hash(String user) {
    return Slots.mix(~Slots.hash(user));
  }

  @Override
  public void write(Out out) {
    out.text(user);
    out.bool(on);
  }

  /** The inverse of {@link #write}. */
  public static Watch read(In in) {
    return new Watch(in.text(), in.bool());
  }
}
