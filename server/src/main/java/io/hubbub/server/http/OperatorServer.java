package io.hubbub.server.http;

import io.hubbub.server.config.HttpConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.function.Consumer;

/**
 * An HTTP server with nothing but the operators' routes: for nodes that serve no clients, and for
 * others while they wait for their database.
 */
public final class OperatorServer {
  private static final int IDLE_SECONDS = 60;

  private OperatorServer() {}

  /** Listens; fails when the port is in use. */
  public static Future<HttpServer> listen(Vertx vertx, HttpConfig config, Consumer<Router> routes) {
    Router router = Router.router(vertx);
    routes.accept(router);
    return vertx
        .createHttpServer(
            new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setIdleTimeout(IDLE_SECONDS)
                .setHttp2ClearTextEnabled(false))
        .requestHandler(router)
        .listen();
  }
}
