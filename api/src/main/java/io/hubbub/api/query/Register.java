package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/**
 * Makes an account with a password. Answered by {@link Account}; fails with {@code conflict} when
 * the name is taken.
 *
 * @param user its id and name
 * @param password the encoded hash
 */
public record Register(String user, String password) implements Query {
  @Override
  public void write(Out out) {
    out.text(user);
    out.text(password);
  }

  /** The inverse of {@link #write}. */
  public static Register read(In in) {
    return new Register(in.text(), in.text());
  }
}
