package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Crowd;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.hubbub.system.harness.Postgres;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A synchronous standby takes over with all that was acknowledged; promises 1 and 9. */
@ClusterTest(own = true, nodes = 2, proxied = true)
@Timeout(300)
class FailOverTest {
  private static final String EPOCH = "SELECT epoch FROM meta";
  private static final String ENTRIES = "SELECT count(*) FROM event";
  private static final Duration RESUMED = Duration.ofSeconds(5);

  private final Cluster cluster;

  FailOverTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  @Tag("slow")
  void aCleanPromotionLosesNothingAndTheFormerPrimaryIsRefused() throws Exception {
    try (Postgres standby = cluster.postgres().standby();
        Crowd crowd = Crowd.talking(cluster, "promoted", 150)) {
      String epoch = cluster.sql(EPOCH);
      cluster.postgres().stop();
      standby.promote();
      cluster.proxy().switchTo(standby);
      Duration resumed = crowd.resumedAfter(System.nanoTime());
      assertTrue(resumed.compareTo(RESUMED) < 0, () -> "resumed after " + resumed);

      // Some connections may still lead to the former primary, which has not heard of it.
      cluster.postgres().restart();
      cluster.postgres().aloneAgain();
      String entries = cluster.sql(ENTRIES);
      cluster.proxy().switchTo(cluster.postgres());
      for (int i = 0; i < cluster.size(); i++) {
        int node = i;
        Await.until(
            "node " + node + " refuses the former primary",
            () -> cluster.node(node).body("/health/ready").contains("former primary"));
      }
      assertEquals(entries, cluster.sql(ENTRIES), "the former primary was written to");
      cluster.proxy().switchTo(standby);
      crowd.resumedAfter(System.nanoTime());
      crowd.goOn(100);
      crowd.stopAndJudge();
      for (ChatClient client : crowd.clients()) {
        assertTrue(
            client.events().stream().noneMatch(one -> one.json().getString("ev").equals("reset")));
      }
      assertEquals(epoch, standby.sql(EPOCH));
      System.out.printf(
          "standby promoted: everybody's sends succeed in every room %d ms after the switch%n",
          resumed.toMillis());
    }
  }
}
