package io.hubbub.history;

import io.hubbub.api.node.NodeContext;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

/**
 * The home of conversations. One instance per node, on one event loop: everything it holds in
 * memory only makes PostgreSQL's decisions fast.
 */
public final class HistoryVerticle extends VerticleBase {
  private final NodeContext node;
  private final HistoryOptions options;
  private @Nullable HomeNode running;

  /** A history verticle of a node. */
  public HistoryVerticle(NodeContext node, HistoryOptions options) {
    this.node = node;
    this.options = options;
  }

  @Override
  public Future<?> start() {
    HomeNode home = new HomeNode(vertx, node, options);
    running = home;
    home.followView();
    home.keepTime();
    node.drain().step(home::drain);
    return home.openLanes().compose(open -> home.listen());
  }

  @Override
  public Future<?> stop() {
    HomeNode home = running;
    return home == null ? Future.succeededFuture() : home.close();
  }
}
