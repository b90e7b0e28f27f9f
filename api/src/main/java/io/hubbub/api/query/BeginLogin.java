package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import java.util.UUID;

/**
 * Begins a login with a first refresh token. Answered by {@link Account}.
 *
 * @param user whose
 * @param family the login
 * @param refresh hex SHA-256 of the refresh token
 */
public record BeginLogin(String user, UUID family, String refresh) implements Query {
  @Override
  public void write(Out out) {
    out.text(user);
    out.uuid(family);
    out.text(refresh);
  }

  /** The inverse of {@link #write}. */
  public static BeginLogin read(In in) {
    return new BeginLogin(in.text(), in.uuid(), in.text());
  }
}
