package io.hubbub.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.hubbub.api.bus.BusCodecs;
import io.hubbub.api.client.HubbubClient;
import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.View;
import io.hubbub.api.cluster.Views;
import io.hubbub.api.node.Health;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * This process as an internal service: a member of the cluster, on the event bus, home of nothing.
 *
 * <pre>{@code
 * ClusterService.join(ServiceOptions.of("greeter", Map.of("cluster.members", "10.0.0.1:5701")))
 *     .compose(service -> service.connect("greeter"))
 *     .compose(client -> client.send(room, "hello", "Hello everybody"));
 * }</pre>
 *
 * <p>It keeps none of the cluster's own data, so it may come and go without moving any; but nodes
 * must be there before it. A service whose cluster went down as a whole must join anew. Methods are
 * safe from any thread.
 */
public final class ClusterService {
  private final HazelcastInstance hazelcast;
  private final Vertx vertx;
  private final ServiceOptions options;
  private final MeterRegistry metrics;
  private final Views views;
  private final Health health = new Health();
  private final ViewKeeper keeper;
  private final AtomicReference<@Nullable Future<HubbubClient>> client = new AtomicReference<>();

  private ClusterService(
      HazelcastInstance hazelcast,
      Vertx vertx,
      ServiceOptions options,
      Node self,
      MeterRegistry metrics) {
    this.hazelcast = hazelcast;
    this.vertx = vertx;
    this.options = options;
    this.metrics = metrics;
    this.views = new Views(new View(self.id(), List.of(self), false));
    ClusterOptions cluster = options.cluster();
    this.keeper =
        new ViewKeeper(
            vertx,
            new HazelcastMembers(hazelcast),
            new BusBeating(vertx.eventBus(), self.id(), cluster.beat().multipliedBy(2)),
            views,
            health,
            1,
            cluster.lookedFor(),
            cluster.beat());
  }

  /** Joins without counting anything. */
  public static Future<ClusterService> join(ServiceOptions options) {
    return join(options, new SimpleMeterRegistry());
  }

  /**
   * Joins, which takes some seconds; ends when this process is on the bus and sees the nodes. Fails
   * with a {@link ClusterException} where the port or the address can't be had.
   *
   * @param metrics where the client counts
   */
  public static Future<ClusterService> join(ServiceOptions options, MeterRegistry metrics) {
    String id =
        options.name() + "~" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt(), 6);
    Node self = new Node(id, Set.of(Role.SERVICE), false);
    return blocking("join", () -> ClusterJoin.join(options.cluster(), self))
        .compose(
            hazelcast ->
                vertx(hazelcast, options)
                    .map(vertx -> new ClusterService(hazelcast, vertx, options, self, metrics))
                    .compose(service -> service.start().map(service).onFailure(f -> service.quit()))
                    .onFailure(failure -> leave(hazelcast)));
  }

  private static Future<Vertx> vertx(HazelcastInstance hazelcast, ServiceOptions options) {
    return Vertx.builder()
        .with(
            new VertxOptions()
                .setEventBusOptions(BusOptions.of(hazelcast, options.cluster().busPort())))
        .withClusterManager(new HazelcastClusterManager(hazelcast))
        .buildClustered();
  }

  private Future<Void> start() {
    BusCodecs.registerOnce(vertx.eventBus());
    return keeper.start().compose(viewing -> keeper.startBeating());
  }

  /**
   * The typed client, as a user, who exists from then on. There is one for each process.
   *
   * @throws IllegalStateException when it was asked for before
   */
  public Future<HubbubClient> connect(String user) {
    Promise<HubbubClient> connected = Promise.promise();
    if (!client.compareAndSet(null, connected.future())) {
      throw new IllegalStateException("a process has one client");
    }
    HubbubClient.connect(vertx, views.current().self(), views, metrics, user, options.client())
        .onComplete(connected);
    return connected.future();
  }

  /** The event bus and its event loops, for services that talk JSON or have work of their own. */
  public Vertx vertx() {
    return vertx;
  }

  /** The cluster as it is seen from here. */
  public Views views() {
    return views;
  }

  /** Names a problem while no history node is in view. */
  public Health health() {
    return health;
  }

  /** Says goodbye, closes the client and leaves. */
  public Future<Void> close() {
    Future<HubbubClient> connected = client.get();
    Future<Void> closed =
        connected == null || !connected.succeeded()
            ? Future.succeededFuture()
            : connected.result().close();
    return closed
        .transform(done -> keeper.drain())
        .transform(done -> quit())
        .transform(done -> leave(hazelcast));
  }

  private Future<Void> quit() {
    return vertx.close();
  }

  private static Future<Void> leave(HazelcastInstance hazelcast) {
    return blocking(
        "leave",
        () -> {
          hazelcast.shutdown();
          return null;
        });
  }

  /** On a thread of its own, as there may be no Vert.x yet, or none any more. */
  private static <T extends @Nullable Object> Future<T> blocking(String name, Callable<T> work) {
    Promise<T> result = Promise.promise();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(work.call());
              } catch (Exception e) {
                result.fail(e);
              }
            },
            name);
    thread.start();
    return result.future();
  }
}
