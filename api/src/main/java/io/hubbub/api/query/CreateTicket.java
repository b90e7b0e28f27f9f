package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/**
 * Keeps a ticket that opens one stream of notifications. Answered by {@link Done}.
 *
 * @param hash SHA-256 of the ticket, in hexadecimal digits
 * @param holder whose it is
 * @param lifeMillis for how long it is good
 */
public record CreateTicket(String hash, TicketHolder holder, long lifeMillis) implements Query {
  @Override
  public void write(Out out) {
    out.text(hash);
    holder.write(out);
    out.varint(lifeMillis);
  }

  /** The inverse of {@link #write}. */
  public static CreateTicket read(In in) {
    return new CreateTicket(in.text(), TicketHolder.read(in), in.varint());
  }
}
