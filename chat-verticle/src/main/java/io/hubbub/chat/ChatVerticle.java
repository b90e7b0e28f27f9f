package io.hubbub.chat;

import io.hubbub.api.node.NodeContext;
import io.hubbub.chat.auth.Passwords;
import io.hubbub.chat.auth.Tokens;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The edge: one connection to the cluster, and as many event loops of sessions as configured.
 * Deploy it once per node.
 */
public final class ChatVerticle extends VerticleBase {
  private final NodeContext node;
  private final ChatOptions options;
  private final Consumer<Router> extraRoutes;
  private final List<EdgeShard> shards = new CopyOnWriteArrayList<>();
  private @Nullable EdgeHub hub;

  /**
   * An edge of a node.
   *
   * @param extraRoutes adds what the process itself serves, such as health and metrics
   */
  public ChatVerticle(NodeContext node, ChatOptions options, Consumer<Router> extraRoutes) {
    this.node = node;
    this.options = options;
    this.extraRoutes = extraRoutes;
  }

  @Override
  public Future<?> start() {
    SessionRegistry registry = new SessionRegistry(options.limits(), node.metrics());
    EdgeHub opened =
        new EdgeHub(vertx, node, options.hub(), shards, new SessionDesk(registry, shards));
    hub = opened;
    Admission admission = new Admission(options.limits(), node.drain()::started, node.metrics());
    node.drain().step(window -> new EdgeDrain(vertx, shards).run(window));
    return Tokens.create(vertx, options.auth())
        .compose(tokens -> opened.start().map(tokens))
        .compose(tokens -> deployShards(opened, tokens, registry, admission))
        .onSuccess(done -> new Rebalance(vertx, node, options.balance(), registry, shards).start())
        .compose(done -> new ServiceCommands(vertx, opened, options.limits()).start());
  }

  @Override
  public Future<?> stop() {
    EdgeHub open = hub;
    return open == null ? Future.succeededFuture() : open.close();
  }

  private Future<?> deployShards(
      EdgeHub opened, Tokens tokens, SessionRegistry registry, Admission admission) {
    Passwords passwords = new Passwords(vertx);
    List<Future<String>> deployed = new ArrayList<>();
    for (int i = 0; i < options.loops(); i++) {
      ShardVerticle loop =
          new ShardVerticle(
              node,
              options,
              tokens,
              passwords,
              registry,
              admission,
              extraRoutes,
              shard -> connect(shard, opened));
      deployed.add(vertx.deployVerticle(loop, new DeploymentOptions()));
    }
    return Future.all(deployed);
  }

  private void connect(EdgeShard shard, EdgeHub to) {
    shard.connect(to);
    shards.add(shard);
    to.join(shard);
  }
}
