package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import org.jspecify.annotations.Nullable;

/**
 * The requests that wait for a user, and all that changed about friends since a place, what has
 * ended among it. Answered by {@link Friendships}, one page.
 *
 * @param user who
 * @param place a cursor as in {@link ListUnread}, or null: only the requests
 * @param limit how many at most
 */
public record FriendsSince(String user, @Nullable String place, int limit) implements Query {
  @Override
  public void write(Out out) {
    out.text(user).text(place).varint(limit);
  }

  /** The inverse of {@link #write}. */
  public static FriendsSince read(In in) {
    return new FriendsSince(in.text(), in.maybeText(), in.count());
  }
}
