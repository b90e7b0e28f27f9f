package io.hubbub.server;

import io.hubbub.api.cluster.Role;
import io.hubbub.api.node.NodeContext;
import io.hubbub.server.config.Config;
import io.hubbub.server.config.DatabaseUrl;
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
  Future<Optional<String>> history(Optional<DatabaseUrl> database) {
    return Future.succeededFuture(Optional.empty());
  }

  /** Deploys the edge role, or listens for operators alone where this node has not got it. */
  Future<Optional<String>> edge(Consumer<Router> operatorRoutes) {
    if (config.node().has(Role.EDGE)) {
      return OperatorServer.listen(vertx, config.http(), operatorRoutes).map(Optional.empty());
    }
    return OperatorServer.listen(vertx, config.http(), operatorRoutes).map(Optional.empty());
  }
}
