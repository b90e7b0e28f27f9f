package io.hubbub.chat.rest;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.CheckToken;
import io.hubbub.api.query.CreateTicket;
import io.hubbub.api.query.Done;
import io.hubbub.api.query.ReadCookie;
import io.hubbub.api.query.TicketHolder;
import io.hubbub.api.query.UseTicket;
import io.hubbub.chat.auth.Identity;
import io.hubbub.chat.auth.Secret;
import io.hubbub.chat.protocol.JsonOut;
import io.hubbub.chat.sse.EventStream;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/**
 * Lets streams in by a bearer token, as all of REST, or by a ticket in the address, as {@code
 * EventSource} sends no header. A ticket is good once. It is exchanged for a cookie of this stream
 * alone, named after the ticket, so that the browser comes back by itself and two users in one
 * browser never get each other's stream.
 */
final class StreamGate {
  private static final long TICKET_MILLIS = 30_000;
  private static final int MAX_TICKET = 64;
  private static final int NAME_DIGITS = 16;

  private final TokenGate gate;
  private final Backend backend;
  private final Proxies proxies;

  StreamGate(TokenGate gate, Backend backend, Proxies proxies) {
    this.gate = gate;
    this.backend = backend;
    this.proxies = proxies;
  }

  Map<String, Operation> all() {
    return Map.of("createTicket", this::create);
  }

  private Future<Answer> create(Call call) {
    Identity who = call.identity();
    String ticket = Secret.make();
    TicketHolder holder = new TicketHolder(who.check(), who.expiresAt());
    return backend
        .ask(new CreateTicket(Secret.hash(ticket), holder, TICKET_MILLIS), Done.class)
        .map(
            done -> {
              JsonOut out = new JsonOut().object().field("ticket", ticket);
              out.field("expiresInMs", TICKET_MILLIS);
              return Answer.ok(out.endObject());
            });
  }

  /**
   * Tells a browser's own {@code EventSource} to come back, where something will not be so for
   * long: it gives up for ever at any status but 200, and comes back to a stream that ends.
   *
   * @return false where whoever asks is told of the failure as of any other
   */
  static boolean later(RoutingContext context, Throwable failure) {
    if (!(failure instanceof HubbubException known)
        || !known.code().temporary()
        || context.queryParams().get("ticket") == null
        || context.response().headWritten()) {
      return false;
    }
    EventStream.comeBack(context.response(), known.retryAfterMs());
    return true;
  }

  /** Who opens a stream. */
  Future<Identity> enter(RoutingContext context) {
    String ticket = context.queryParams().get("ticket");
    String header = context.request().getHeader("Authorization");
    if (header != null || ticket == null) {
      return gate.enter(header);
    }
    if (ticket.length() > MAX_TICKET) {
      return Future.failedFuture(
          new HubbubException(ErrorCode.UNAUTHENTICATED, "that is not a ticket"));
    }
    String hash = Secret.hash(ticket);
    String name = "hubbub_" + hash.substring(0, NAME_DIGITS);
    Cookie held = context.request().getCookie(name);
    Future<TicketHolder> holder =
        held == null
            ? exchange(context, hash, name)
            : backend.ask(new ReadCookie(Secret.hash(held.getValue())), TicketHolder.class);
    return holder.compose(this::notRevoked);
  }

  private Future<TicketHolder> exchange(RoutingContext context, String ticket, String name) {
    String secret = Secret.make();
    return backend
        .ask(new UseTicket(ticket, Secret.hash(secret)), TicketHolder.class)
        .onSuccess(holder -> context.response().addCookie(cookie(context, name, secret, holder)));
  }

  private Cookie cookie(RoutingContext context, String name, String secret, TicketHolder holder) {
    long seconds = Math.max(1, (holder.expiresAt() - System.currentTimeMillis()) / 1000);
    return Cookie.cookie(name, secret)
        .setPath(context.normalizedPath())
        .setHttpOnly(true)
        .setSecure(proxies.secure(context.request()))
        .setSameSite(CookieSameSite.STRICT)
        .setMaxAge(seconds);
  }

  private Future<Identity> notRevoked(TicketHolder holder) {
    CheckToken token = holder.token();
    Identity who =
        new Identity(
            token.user(),
            token.name(),
            token.admin(),
            holder.expiresAt(),
            token.version(),
            token.family());
    if (holder.expiresAt() <= System.currentTimeMillis()) {
      return Future.failedFuture(
          new HubbubException(ErrorCode.TOKEN_EXPIRED, "the time of the ticket's token is over"));
    }
    return backend.ask(token, Done.class).map(who);
  }
}
