package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import java.util.UUID;

/**
 * Ends a login: its tokens are revoked. Answered by {@link Done}.
 *
 * @param user whose
 * @param family the login
 */
public record EndLogin(String user, UUID family) implements Query {
  @Override
  public void write(Out out) {
    out.text(user);
    out.uuid(family);
  }

  /** The inverse of {@link #write}. */
  public static EndLogin read(In in) {
    return new EndLogin(in.text(), in.uuid());
  }
}
