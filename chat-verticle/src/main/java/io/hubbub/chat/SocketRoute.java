package io.hubbub.chat;

import io.hubbub.chat.rest.Origins;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.UUID;

/** {@code /v1/socket}: who may open a WebSocket, and the session behind it. */
final class SocketRoute {
  static final String PATH = "/v1/socket";

  private final EdgeShard shard;
  private final SessionRegistry registry;
  private final Admission admission;
  private final Origins origins;

  SocketRoute(EdgeShard shard, SessionRegistry registry, Admission admission, Origins origins) {
    this.shard = shard;
    this.registry = registry;
    this.admission = admission;
    this.origins = origins;
  }

  void mount(Router router) {
    router.get(PATH).handler(this::open);
  }

  private void open(RoutingContext context) {
    HttpServerRequest request = context.request();
    String upgrade = request.getHeader("Upgrade");
    if (upgrade == null || !upgrade.toLowerCase(Locale.ROOT).contains("websocket")) {
      context.response().putHeader("Upgrade", "websocket");
      context.fail(426);
      return;
    }
    int retry = admission.retryAfterSeconds();
    if (retry > 0) {
      context.response().putHeader("Retry-After", String.valueOf(retry));
      context.fail(503);
      return;
    }
    boolean allowed = origins.allowed(request.getHeader("Origin"), request.getHeader("Host"));
    request
        .toWebSocket()
        .onSuccess(socket -> opened(socket, allowed))
        .onFailure(failure -> context.fail(400));
  }

  /** A browser is shown nothing of a refused handshake but 1006: so these are told after it. */
  private void opened(ServerWebSocket socket, boolean allowed) {
    if (!allowed) {
      CloseCode code = CloseCode.FORBIDDEN_ORIGIN;
      socket.close(code.code(), code.reason());
      return;
    }
    String address = socket.remoteAddress().hostAddress();
    if (!registry.connect(address)) {
      registry.disconnect(address);
      CloseCode code = CloseCode.TOO_MANY_SESSIONS;
      socket.close(code.code(), code.reason());
      return;
    }
    SessionSocket transport = new SessionSocket(socket, shard.limits().frameBytes());
    Session session =
        new Session(UUID.randomUUID().toString(), address, shard, transport, shard.now());
    shard.opened(session);
    transport.connect(session);
  }
}
