package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/**
 * Makes the direct conversation of two users where it is not there. Answered by {@link Created};
 * fails with {@code not_found}.
 *
 * @param user one
 * @param peer the other
 */
public record CreateDirect(String user, String peer) implements Query {
  @Override
  public void write(Out out) {
    out.text(user);
    out.text(peer);
  }

  /** The inverse of {@link #write}. */
  public static CreateDirect read(In in) {
    return new CreateDirect(in.text(), in.text());
  }
}
