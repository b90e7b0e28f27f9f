package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/**
 * Exchanges a ticket for a cookie, once. Answered by {@link TicketHolder}; fails with {@code
 * unauthenticated} where the ticket is unknown, used or too old.
 *
 * @param hash of the ticket, as in {@link CreateTicket}
 * @param cookie hash of the cookie in the same way
 */
public record UseTicket(String hash, String cookie) implements Query {
  @Override
  public void write(Out out) {
    out.text(hash).text(cookie);
  }

  /** The inverse of {@link #write}. */
  public static UseTicket read(In in) {
    return new UseTicket(in.text(), in.text());
  }
}
