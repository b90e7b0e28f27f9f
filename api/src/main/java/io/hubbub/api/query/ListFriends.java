package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import org.jspecify.annotations.Nullable;

/**
 * A user's friends, requests and blocks. Answered by {@link Friendships}.
 *
 * @param user whose
 * @param state only those with this code of a {@link FriendState}, or 0 for all that are something
 * @param after the last user of the page before, or null
 * @param limit how many at most
 */
public record ListFriends(String user, int state, @Nullable String after, int limit)
    implements Query {
  @Override
  public void write(Out out) {
    out.text(user);
    out.varint(state);
    out.text(after);
    out.varint(limit);
  }

  /** The inverse of {@link #write}. */
  public static ListFriends read(In in) {
    return new ListFriends(in.text(), in.count(), in.maybeText(), in.count());
  }
}
