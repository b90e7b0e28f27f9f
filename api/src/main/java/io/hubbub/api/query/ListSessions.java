package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/**
 * Sessions of one edge in order of user and id, asked at {@code edge.<node>}. Answered by {@link
 * Sessions}.
 *
 * @param user only this user's; empty: all
 * @param afterUser only those behind this user's session {@code afterId}; empty: from the start
 * @param afterId a session, or empty for all of the user
 * @param limit how many at most, 1 to 1,000
 */
public record ListSessions(String user, String afterUser, String afterId, int limit)
    implements Query {
  @Override
  public void write(Out out) {
    out.text(user).text(afterUser).text(afterId).varint(limit);
  }

  /** The inverse of {@link #write}. */
  public static ListSessions read(In in) {
    return new ListSessions(in.text(), in.text(), in.text(), in.count());
  }
}
