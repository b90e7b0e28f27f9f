package io.hubbub.system.harness;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Sends each new connection to the ready node that has the fewest, as a load balancer with health
 * checks does.
 */
public final class Balancer implements AutoCloseable {
  private static final long CHECK_MILLIS = 200;

  private final Cluster cluster;
  private final ScheduledExecutorService checks = Executors.newSingleThreadScheduledExecutor();
  private final Map<Object, Integer> placed = new HashMap<>();
  private List<Integer> ready = List.of();

  /** Before the nodes of a cluster, which are ready now. */
  public Balancer(Cluster cluster) {
    this.cluster = cluster;
    check();
    checks.scheduleWithFixedDelay(this::check, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void check() {
    List<Integer> healthy = new ArrayList<>();
    try {
      for (int i = 0; i < cluster.size(); i++) {
        if (cluster.node(i).status("/health/ready") == 200) {
          healthy.add(i);
        }
      }
    } catch (InterruptedException e) {
      return; // Closed.
    }
    synchronized (this) {
      ready = healthy;
    }
  }

  /** Where the next connection of a client goes; its earlier one is over. */
  public synchronized URI place(Object client) {
    placed.remove(client);
    List<Integer> choice = ready.isEmpty() ? List.of(0) : ready;
    int fewest = choice.get(0);
    for (int node : choice) {
      fewest = count(node) < count(fewest) ? node : fewest;
    }
    placed.put(client, fewest);
    return cluster.node(fewest).http();
  }

  private long count(int node) {
    return placed.values().stream().filter(where -> where == node).count();
  }

  @Override
  public void close() {
    checks.shutdownNow();
  }
}
