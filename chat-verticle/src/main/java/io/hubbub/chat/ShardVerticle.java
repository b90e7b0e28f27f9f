package io.hubbub.chat;

import io.hubbub.api.cluster.View;
import io.hubbub.api.cluster.Views;
import io.hubbub.api.hub.NodeQuestions;
import io.hubbub.api.log.Command;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.log.Outcome;
import io.hubbub.api.node.NodeContext;
import io.hubbub.api.query.Query;
import io.hubbub.chat.auth.Passwords;
import io.hubbub.chat.auth.Tokens;
import io.hubbub.chat.rest.Backend;
import io.hubbub.chat.rest.ChatWeb;
import io.hubbub.chat.rest.ClusterView;
import io.hubbub.chat.rest.Origins;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One event loop of the edge: its HTTP server, its sockets, its sessions. */
final class ShardVerticle extends VerticleBase {
  static final long TICK_MILLIS = 1_000;

  /** How long one node may take to say how it is: who looks on waits for the slowest. */
  private static final long NODE_MILLIS = 2_000;

  private static final int HEADER_BYTES = 16 << 10;

  private final NodeContext node;
  private final ChatOptions options;
  private final Tokens tokens;
  private final Passwords passwords;
  private final SessionRegistry registry;
  private final Admission admission;
  private final Consumer<Router> extraRoutes;
  private final Consumer<EdgeShard> ready;
  private int port;

  ShardVerticle(
      NodeContext node,
      ChatOptions options,
      Tokens tokens,
      Passwords passwords,
      SessionRegistry registry,
      Admission admission,
      Consumer<Router> extraRoutes,
      Consumer<EdgeShard> ready) {
    this.node = node;
    this.options = options;
    this.tokens = tokens;
    this.passwords = passwords;
    this.registry = registry;
    this.admission = admission;
    this.extraRoutes = extraRoutes;
    this.ready = ready;
  }

  @Override
  public Future<?> start() {
    EdgeShard shard =
        new EdgeShard(
            vertx,
            node.id(),
            options.limits(),
            options.times(),
            options.watching(),
            registry,
            tokens,
            new EdgeCounts(node.metrics()));
    ready.accept(shard);
    vertx.setPeriodic(TICK_MILLIS, tick -> shard.tick());
    return vertx
        .createHttpServer(serverOptions())
        .requestHandler(router(shard))
        .listen()
        .onSuccess(server -> port = server.actualPort());
  }

  int port() {
    return port;
  }

  private Router router(EdgeShard shard) {
    Router router = Router.router(vertx);
    Origins origins = new Origins(options.rest().origins());
    new SocketRoute(shard, registry, admission, origins, options.rest().proxies()).mount(router);
    extraRoutes.accept(router);
    ChatWeb.mount(
        router,
        vertx,
        new RestBackend(shard),
        new RestCluster(node.views(), new NodeQuestions(vertx, NODE_MILLIS)),
        new NotificationStreams(vertx, shard, registry, admission),
        tokens,
        passwords,
        options.rest(),
        node.drain()::started);
    return router;
  }

  private HttpServerOptions serverOptions() {
    return new HttpServerOptions()
        .setHost(options.host())
        .setPort(options.port())
        .setHttp2ClearTextEnabled(false)
        .setMaxHeaderSize(HEADER_BYTES)
        .setIdleTimeout((int) (2 * options.times().deadMillis()))
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setStrictThreadMode(true);
  }

  /** How administrators look at the cluster. */
  private record RestCluster(Views views, NodeQuestions questions) implements ClusterView {
    @Override
    public View view() {
      return views.current();
    }

    @Override
    public <T> Future<T> ask(String address, Query query, Class<T> answer) {
      return questions.ask(address, query, answer);
    }
  }

  /** REST's way to the cluster. */
  private record RestBackend(EdgeShard shard) implements Backend {
    @Override
    public <T> Future<T> ask(Query query, Class<T> answer) {
      return shard.port().ask(query, answer);
    }

    @Override
    public Future<Outcome> append(Command command) {
      return shard
          .port()
          .append(command)
          .recover(
              failure ->
                  failure instanceof HubbubException known
                      ? Future.succeededFuture(Outcome.failed(known.code(), known.getMessage()))
                      : Future.succeededFuture(
                          Outcome.failed(ErrorCode.INTERNAL, "the server failed")));
    }

    @Override
    public int overload() {
      return 0;
    }
  }
}
