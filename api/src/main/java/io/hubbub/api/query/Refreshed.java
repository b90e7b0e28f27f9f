package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.UUID;

/**
 * Answer to {@link RotateRefresh}.
 *
 * @param account whose
 * @param family the login
 */
public record Refreshed(Account account, UUID family) implements Wire {
  @Override
  public void write(Out out) {
    account.write(out);
    out.uuid(family);
  }

  /** The inverse of {@link #write}. */
  public static Refreshed read(In in) {
    return new Refreshed(Account.read(in), in.uuid());
  }
}
