package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/**
 * One user with all sessions, asked at {@code presence.<node>} of the user's home. Answered by
 * {@link Online}, with one user or, where there is no session, none.
 *
 * @param user who
 */
public record FindOnline(String user) implements Query {
  @Override
  public void write(Out out) {
    out.text(user);
  }

  /** The inverse of {@link #write}. */
  public static FindOnline read(In in) {
    return new FindOnline(in.text());
  }
}
