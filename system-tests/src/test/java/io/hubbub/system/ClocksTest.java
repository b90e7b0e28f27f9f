package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.Crowd;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.hubbub.system.harness.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A database clock that jumps changes neither order nor deadlines nor sessions. */
@ClusterTest(own = true, nodes = 2)
@Timeout(300)
class ClocksTest {
  private static final int RATE = 100;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration RESUMED = Duration.ofSeconds(5);

  private final Cluster cluster;

  ClocksTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  @Tag("slow")
  void theDatabasesClockStepsBackByAnHourOverARestart() throws Exception {
    try (FakeClock clock = new FakeClock();
        Crowd crowd = Crowd.talking(cluster, "back", RATE)) {
      clock.ahead(HOUR.negated());
      cluster.postgres().stop();
      cluster.postgres().restart(clock.environment());
      final Duration back = crowd.resumedAfter(System.nanoTime());
      long apart = System.currentTimeMillis() - databaseMillis();
      assertTrue(apart > HOUR.toMillis() / 2, () -> "its clock is only " + apart + " ms behind");
      crowd.goOn(2 * RATE);
      cluster.postgres().stop();
      cluster.postgres().restart();
      final Duration forth = crowd.resumedAfter(System.nanoTime());
      crowd.goOn(2 * RATE);
      unmoved(crowd);
      System.out.printf(
          "the database's clock an hour back: sends succeed after %d ms, and on again: %d ms%n",
          back.toMillis(), forth.toMillis());
      assertTrue(back.compareTo(RESUMED) < 0 && forth.compareTo(RESUMED) < 0);
    }
  }

  /** No session ended, nothing is missing, and the time of no conversation falls. */
  private void unmoved(Crowd crowd) throws Exception {
    crowd.stopAndJudge();
    assertEquals(0, crowd.closings(), "sessions ended");
    assertEquals(
        "0",
        cluster.sql(
            "SELECT count(*) FROM (SELECT at < lag(at) OVER"
                + " (PARTITION BY conversation ORDER BY seq) AS fell FROM event) WHERE fell"));
    long latest = Long.parseLong(cluster.sql("SELECT max(at) FROM event"));
    assertTrue(Math.abs(latest - System.currentTimeMillis()) < Duration.ofMinutes(1).toMillis());
    for (int i = 0; i < cluster.size(); i++) {
      cluster.node(i).awaitReady();
    }
  }

  private long databaseMillis() throws Exception {
    return Long.parseLong(cluster.sql("SELECT now_ms()"));
  }
}
