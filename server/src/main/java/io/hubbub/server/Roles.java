package io.hubbub.server;

import io.hubbub.api.cluster.Role;
import io.hubbub.api.node.NodeContext;
import io.hubbub.chat.ChatOptions;
import io.hubbub.chat.ChatVerticle;
import io.hubbub.chat.auth.AuthOptions;
import io.hubbub.history.HistoryOptions;
import io.hubbub.history.HistoryVerticle;
import io.hubbub.history.db.DatabaseOptions;
import io.hubbub.presence.PresenceVerticle;
import io.hubbub.server.config.AuthConfig;
import io.hubbub.server.config.Config;
import io.hubbub.server.config.DatabaseConfig;
import io.hubbub.server.config.DatabaseUrl;
import io.hubbub.server.config.HistoryConfig;
import io.hubbub.server.database.Login;
import io.hubbub.server.http.OperatorServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which verticles make up which role.
 *
 * @param vertx what they run on
 * @param config what was set
 * @param node what each is given
 */
record Roles(Vertx vertx, Config config, NodeContext node) {

  /** Deploys the history role, if this node has it; the deployment's id. */
  Future<Optional<String>> history(Optional<Login> database) {
    return database.isEmpty()
        ? Future.succeededFuture(Optional.empty())
        : vertx
            .deployVerticle(new HistoryVerticle(node, historyOptions(database.get())))
            .map(Optional::of);
  }

  /** Deploys the presence role, if this node has it; the deployment's id. */
  Future<Optional<String>> presence() {
    return config.node().has(Role.PRESENCE)
        ? vertx.deployVerticle(new PresenceVerticle(node, config.presence())).map(Optional::of)
        : Future.succeededFuture(Optional.empty());
  }

  /** Deploys the edge role, or listens for operators alone where this node has not got it. */
  Future<Optional<String>> edge(Consumer<Router> operatorRoutes) {
    if (config.node().has(Role.EDGE)) {
      return vertx
          .deployVerticle(new ChatVerticle(node, chatOptions(), operatorRoutes))
          .map(Optional::of);
    }
    return OperatorServer.listen(vertx, config.http(), operatorRoutes).map(Optional.empty());
  }

  private HistoryOptions historyOptions(Login login) {
    DatabaseUrl url = login.url();
    DatabaseConfig database = config.database();
    HistoryConfig history = config.history();
    return new HistoryOptions(
        new DatabaseOptions(
            url.host(),
            url.port(),
            url.database(),
            url.user(),
            login.password(),
            url.sslmode(),
            url.sslrootcert(),
            database.pool(),
            database.queue(),
            database.connect().toMillis(),
            database.statement().toMillis(),
            database.lock().toMillis()),
        history.queries(),
        history.lanes(),
        history.batchRows(),
        history.batchBytes(),
        history.deadline().toMillis(),
        history.deliveryBytes(),
        history.link());
  }

  private ChatOptions chatOptions() {
    return new ChatOptions(
        config.http().host(),
        config.http().port(),
        config.edge().loops(),
        config.limits(),
        config.edge().times(),
        config.edge().balance(),
        config.edge().watching(),
        authOptions(),
        config.edge().rest(),
        config.edge().hub());
  }

  private AuthOptions authOptions() {
    AuthConfig auth = config.auth();
    return new AuthOptions(
        auth.secret().orElse(null),
        auth.jwks().orElse(null),
        auth.issuer().orElse(null),
        auth.audience().orElse(null),
        auth.leeway(),
        auth.tokenLifetime(),
        auth.jwksRefresh(),
        auth.jwksTimeout());
  }
}
