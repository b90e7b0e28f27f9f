package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/**
 * Exchanges a refresh token. Answered by {@link Refreshed}; fails with {@code token_revoked} when
 * it is unknown, expired, or used before (over 60 s ago: then its login ends).
 *
 * @param old hex SHA-256 of the token shown
 * @param next hex SHA-256 of the one to come
 */
public record RotateRefresh(String old, String next) implements Query {
  @Override
  public void write(Out out) {
    out.text(old);
    out.text(next);
  }

  /** The inverse of {@link #write}. */
  public static RotateRefresh read(In in) {
    return new RotateRefresh(in.text(), in.text());
  }
}
