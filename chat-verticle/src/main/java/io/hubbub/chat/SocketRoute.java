package io.hubbub.chat;

import io.hubbub.chat.rest.Origins;
import io.hubbub.chat.rest.Proxies;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code /v1/socket}: who may open a WebSocket, and the session behind it. */
final class SocketRoute {
  static final String PATH = "/v1/socket";

  private final EdgeShard shard;
  private final SessionRegistry registry;
  private final Admission admission;
  private final Origins origins;
  private final Proxies proxies;

  SocketRoute(
      EdgeShard shard,
      SessionRegistry registry,
      Admission admission,
      Origins origins,
      Proxies proxies) {
    this.shard = shard;
    this.registry = registry;
    this.admission = admission;
    this.origins = origins;
    this.proxies = proxies;
  }

  void mount(Router router) {
    router.get(PATH).handler(this::open);
  }

  private void open(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!WebSocketUpgrade.asked(request)) {
      context.response().putHeader("Upgrade", "websocket");
      context.fail(426);
      return;
    }
    int refusal = WebSocketUpgrade.refusal(request);
    if (refusal != 0) {
      context.response().putHeader("Sec-WebSocket-Version", "13");
      context.fail(refusal);
      return;
    }
    int retry = admission.retryAfterSeconds();
    if (retry > 0) {
      context.response().putHeader("Retry-After", String.valueOf(retry));
      context.fail(503);
      return;
    }
    boolean allowed = origins.allowed(request.getHeader("Origin"), request.getHeader("Host"));
    String address = proxies.client(request);
    SessionSocket transport =
        new SessionSocket(
            WebSocketUpgrade.within(shard.context()), shard.frames(), shard.limits().frameBytes());
    WebSocketUpgrade.accept(request, shard.limits().frameBytes() + 1, transport)
        .onSuccess(done -> opened(transport, address, allowed))
        .onFailure(failure -> context.fail(400));
  }

  /** A browser is shown nothing of a refused handshake but 1006: so these are told after it. */
  private void opened(SessionSocket transport, String address, boolean allowed) {
    if (!allowed) {
      transport.close(CloseCode.FORBIDDEN_ORIGIN, CloseCode.FORBIDDEN_ORIGIN.reason());
      return;
    }
    if (!registry.connect(address)) {
      transport.close(CloseCode.TOO_MANY_SESSIONS, CloseCode.TOO_MANY_SESSIONS.reason());
      return;
    }
    Session session = new Session(address, true, shard, transport, shard.now());
    shard.opened(session);
    transport.connect(session);
  }
}
