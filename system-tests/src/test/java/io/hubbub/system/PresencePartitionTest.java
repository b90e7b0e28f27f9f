package io.hubbub.system;

import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.hubbub.system.harness.NodeProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Presence while a partition leaves both halves with the database, and after it has healed. */
@ClusterTest(own = true, nodes = 3, apart = true, settings = "--presence.grace=3s")
@Tag("slow")
@Timeout(300)
class PresencePartitionTest {
  private static final String DISAGREE = "The database and the cluster disagree";
  private static final String AGREE = "The database and the cluster agree again";

  /** Within which all are right, from when the halves see each other. */
  private static final Duration RIGHT = Duration.ofSeconds(10);

  private static final int USERS = 120;

  private final Cluster cluster;

  PresencePartitionTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void afterAPartitionAllSeeTheOpenSockets() throws Exception {
    PresenceViews views = new PresenceViews(cluster, "split", USERS);
    views.begin(List.of(0, 2));
    List<List<String>> come = new ArrayList<>();
    List<List<String>> go = new ArrayList<>();
    for (int node = 0; node < 3; node++) {
      List<String> here = views.users().subList(40 * node, 40 * node + 40);
      views.come(here.subList(0, 20), node, true);
      go.add(here.subList(0, 10));
      come.add(here.subList(20, 40));
    }
    views.awaitSame(System.nanoTime(), Duration.ofSeconds(60), List.of(0, 1, 2));
    var partition =
        cluster
            .network()
            .apart(
                List.of(cluster.node(0).place(), cluster.node(1).place()),
                List.of(cluster.node(2).place()));
    for (NodeProcess node : cluster.nodes()) {
      node.await("alone", () -> node.said(DISAGREE) > node.said(AGREE) && node.said("is gone") > 0);
    }
    for (int node = 0; node < 3; node++) {
      views.go(go.get(node));
      views.come(come.get(node), node, true);
    }
    partition.heal();
    for (NodeProcess node : cluster.nodes()) {
      node.await("in agreement", () -> node.said(AGREE) == node.said(DISAGREE));
    }
    long whole = System.nanoTime();
    long took = views.awaitSame(whole, RIGHT, List.of(0, 1, 2));
    System.out.printf("a partition healed: all saw the open sockets after %d ms%n", took);
  }
}
