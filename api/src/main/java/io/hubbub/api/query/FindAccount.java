package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/**
 * The account of a user. Answered by {@link Account}; fails with {@code not_found}.
 *
 * @param user whose; letters of either case
 */
public record FindAccount(String user) implements Query {
  @Override
  public void write(Out out) {
    out.text(user);
  }

  /** The inverse of {@link #write}. */
  public static FindAccount read(In in) {
    return new FindAccount(in.text());
  }
}
