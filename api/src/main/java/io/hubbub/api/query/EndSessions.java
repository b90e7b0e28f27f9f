package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/**
 * Ends sessions of one edge as an administrator: asked at {@code edge.<node>}. Answered by {@link
 * Sessions}, those that there were.
 *
 * @param user all of this user's; empty where one session is named
 * @param id this one; empty where a user is named
 */
public record EndSessions(String user, String id) implements Query {
  @Override
  public void write(Out out) {
    out.text(user).text(id);
  }

  /** The inverse of {@link #write}. */
  public static EndSessions read(In in) {
    return new EndSessions(in.text(), in.text());
  }
}
