package io.hubbub.presence;

import io.hubbub.api.node.NodeContext;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

/**
 * The home of users. One instance per node, on one event loop. All it knows it has from edges, and
 * another home has it again within seconds; only the status that users chose and when they were
 * last seen are kept, by way of a history node.
 */
public final class PresenceVerticle extends VerticleBase {
  private final NodeContext node;
  private final PresenceOptions options;
  private @Nullable PresenceNode running;

  /** A presence verticle of a node. */
  public PresenceVerticle(NodeContext node, PresenceOptions options) {
    this.node = node;
    this.options = options;
  }

  @Override
  public Future<?> start() {
    PresenceNode home = new PresenceNode(vertx, node, options);
    running = home;
    node.drain().step(home::drain);
    return home.start();
  }

  @Override
  public Future<?> stop() {
    PresenceNode home = running;
    return home == null ? Future.succeededFuture() : home.close();
  }
}
