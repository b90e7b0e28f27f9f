package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.List;

/**
 * Answer to {@link ListFriends}.
 *
 * @param friendships in byte order of the other user
 * @param more whether there are more behind the last
 */
public record Friendships(List<Friendship> friendships, boolean more) implements Wire {
  @Override
  public void write(Out out) {
    out.all(friendships);
    out.bool(more);
  }

  /** The inverse of {@link #write}. */
  public static Friendships read(In in) {
    return new Friendships(in.all(Friendship::read), in.bool());
  }
}
