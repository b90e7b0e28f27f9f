package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/**
 * Whose cookie it is. Answered by {@link TicketHolder}; fails with {@code unauthenticated}.
 *
 * @param hash of the cookie, as in {@link UseTicket}
 */
public record ReadCookie(String hash) implements Query {
  @Override
  public void write(Out out) {
    out.text(hash);
  }

  /** The inverse of {@link #write}. */
  public static ReadCookie read(In in) {
    return new ReadCookie(in.text());
  }
}
