package io.hubbub.server;

import com.hazelcast.core.HazelcastInstance;
import io.hubbub.cluster.BusOptions;
import io.hubbub.cluster.ClusterOptions;
import io.hubbub.server.config.NodeConfig;
import io.hubbub.server.http.Metrics;
import io.hubbub.server.start.StartException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.concurrent.TimeUnit;

/** Vert.x as every node runs it. */
final class VertxFactory {
  /** How often event loops are looked at, at most; more often where they may be busy for less. */
  private static final long BLOCKED_CHECK_MILLIS = 1_000;

  /** How long an address may be remembered: a database that failed over has a new one. */
  private static final int DNS_SECONDS = 5;

  private VertxFactory() {}

  /** For a node that is not clustered. */
  static Vertx alone(NodeConfig node, Metrics metrics) throws StartException {
    return builder(node, new EventBusOptions(), metrics).build();
  }

  /** For a node that has joined a cluster. */
  static Future<Vertx> clustered(
      NodeConfig node, HazelcastInstance hazelcast, ClusterOptions options, Metrics metrics)
      throws StartException {
    return builder(node, BusOptions.of(hazelcast, options.busPort()), metrics)
        .withClusterManager(new HazelcastClusterManager(hazelcast))
        .buildClustered();
  }

  private static VertxBuilder builder(NodeConfig node, EventBusOptions bus, Metrics metrics)
      throws StartException {
    long blocked = node.blocked().toMillis();
    return Vertx.builder()
        .withTransport(NativeTransport.of(node.transport()))
        .with(
            new VertxOptions()
                .setEventBusOptions(bus)
                .setMaxEventLoopExecuteTime(blocked)
                .setBlockedThreadCheckInterval(Math.min(BLOCKED_CHECK_MILLIS, blocked))
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
                .setAddressResolverOptions(
                    new AddressResolverOptions()
                        .setCacheMaxTimeToLive(DNS_SECONDS)
                        .setCacheNegativeTimeToLive(1))
                .setMetricsOptions(
                    new MicrometerMetricsOptions()
                        .setEnabled(true)
                        // What goes through the bus is counted by the parts that send it.
                        .addDisabledMetricsCategory(MetricsDomain.EVENT_BUS)))
        .withMetrics(new MicrometerMetricsFactory(metrics.registry()));
  }
}
