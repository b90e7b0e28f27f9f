package io.hubbub.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.eventbus.EventBusOptions;
import java.time.Duration;

/** The event bus as every member runs it. */
public final class BusOptions {
  /** A connection of the event bus that is silent for twice this is closed. */
  private static final Duration PING = Duration.ofSeconds(5);

  private BusOptions() {}

  /**
   * For a member: listens where its membership does.
   *
   * @param port 0 for any free one
   */
  public static EventBusOptions of(HazelcastInstance hazelcast, int port) {
    String host = hazelcast.getCluster().getLocalMember().getAddress().getHost();
    boolean thereOnly = hazelcast.getConfig().getNetworkConfig().getInterfaces().isEnabled();
    return new EventBusOptions()
        .setHost(thereOnly ? host : "0.0.0.0")
        .setClusterPublicHost(host)
        .setPort(port)
        .setClusterPingInterval(PING.toMillis())
        .setClusterPingReplyInterval(PING.toMillis());
  }
}
