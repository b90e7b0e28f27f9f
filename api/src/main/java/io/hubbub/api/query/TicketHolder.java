package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;

/**
 * Who holds a ticket or a cookie: what the token said that it was made with.
 *
 * @param token what is to be checked of the token
 * @param expiresAt when the token ends, epoch milliseconds
 */
public record TicketHolder(CheckToken token, long expiresAt) implements Wire {
  @Override
  public void write(Out out) {
    token.write(out);
    out.varint(expiresAt);
  }

  /** The inverse of {@link #write}. */
  public static TicketHolder read(In in) {
    return new TicketHolder(CheckToken.read(in), in.varint());
  }
}
