package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Crowd;
import io.hubbub.system.client.Rest;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever happens to PostgreSQL, nothing acknowledged is lost and sends resume; promises 1-3. */
@ClusterTest(own = true, nodes = 2, proxied = true)
@Timeout(300)
class DatabaseFaultsTest {
  private static final int RATE = 150;
  private static final int CUTS = 30;
  private static final Duration RESUMED = Duration.ofSeconds(5);

  /** An outcome is unknown after 15 s, which is looked at every 2 s. */
  private static final long LONGEST_REPLY_MILLIS = 20_000;

  /** A question is given up after 5 s. */
  private static final long REFUSED_MILLIS = 8_000;

  private static final Set<String> DOCUMENTED =
      Set.of("overloaded", "unavailable", "unknown_outcome");

  private final Cluster cluster;

  DatabaseFaultsTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @AfterEach
  void mend() throws Exception {
    cluster.mend();
  }

  @Test
  void killedAndRestarted() throws Exception {
    try (Crowd crowd = Crowd.talking(cluster, "killed", RATE)) {
      cluster.postgres().kill();
      cluster.postgres().restart();
      recovers(crowd, "killed and restarted", System.nanoTime());
    }
  }

  @Test
  @Tag("slow")
  void awayForAMinute() throws Exception {
    try (Crowd crowd = Crowd.talking(cluster, "away", RATE)) {
      String room = crowd.rooms().get(0);
      cluster.postgres().stop();
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      saysSo(0, room);
      saysSo(1, room);
      Await.until("senders are told", () -> !crowd.temporaryErrors().isEmpty());
      pauseUntil(end);
      saysSo(1, room);
      cluster.postgres().restart();
      recovers(crowd, "away for a minute", System.nanoTime());
    }
  }

  @Test
  void connectionsTerminatedAgainAndAgain() throws Exception {
    try (Crowd crowd = Crowd.talking(cluster, "terminated", RATE)) {
      for (int i = 0; i < 20; i++) {
        cluster.postgres().terminateConnections();
        crowd.goOn(RATE / 5);
      }
      recovers(crowd, "connections terminated 20 times", System.nanoTime());
      assertTrue(retried() > 0, "no batch was interrupted");
    }
  }

  @Test
  void cutBetweenCommitAndReply() throws Exception {
    try (Crowd crowd = Crowd.talking(cluster, "cut", RATE)) {
      int before = cluster.proxy().cuts();
      cluster.proxy().cutReplies(Integer.MAX_VALUE, 0.3, "FROM append(");
      // Each batch that was cut had been committed: when it comes again, it is a duplicate; unless
      // its reply is cut once more, so that there may be fewer duplicates than cuts.
      Await.until(
          "replies were cut, and duplicates told",
          () -> cluster.proxy().cuts() >= before + CUTS && crowd.duplicates() >= CUTS);
      cluster.proxy().cutReplies(0, 0, "");
      int cuts = cluster.proxy().cuts() - before;
      recovers(crowd, cuts + " replies cut after the commit", System.nanoTime());
    }
  }

  @Test
  void anEntryWhoseAnswerWasLostIsSeenThoughNobodySaysMore() throws Exception {
    String room = cluster.room("Quiet", "quiet-a", List.of("quiet-b"));
    ChatClient sender = cluster.online("quiet-a", 0);
    ChatClient reader = cluster.online("quiet-b", 1);
    long first = Await.get(sender.send(room, "first", "seen at once")).getLong("seq");
    Await.until("the first is seen", () -> reader.tail(room) == first);
    int before = cluster.proxy().cuts();
    cluster.proxy().cutReplies(1, 1, "FROM append(");
    long lost = Await.get(sender.send(room, "lost", "its answer is lost")).getLong("seq");
    long told = System.nanoTime();
    assertEquals(before + 1, cluster.proxy().cuts());
    Await.until("the second is seen", RESUMED, () -> reader.tail(room) == lost);
    System.out.printf(
        "an entry whose answer was lost is seen %d ms after it was acknowledged%n",
        (System.nanoTime() - told) / 1_000_000);
  }

  @Test
  void readOnlyForAWhile() throws Exception {
    try (Crowd crowd = Crowd.talking(cluster, "readonly", RATE)) {
      cluster.postgres().readOnly(true);
      saysSo(0, crowd.rooms().get(0));
      Await.until("senders are told", () -> !crowd.temporaryErrors().isEmpty());
      cluster.postgres().readOnly(false);
      recovers(crowd, "read-only for a while", System.nanoTime());
    }
  }

  @Test
  @Tag("slow")
  void frozenForTwentySeconds() throws Exception {
    try (Crowd crowd = Crowd.talking(cluster, "frozen", RATE)) {
      int connections = cluster.postgres().connections();
      cluster.postgres().freeze();
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      saysSo(0, crowd.rooms().get(0));
      pauseUntil(end);
      cluster.postgres().thaw();
      cluster.postgres().awaitAnswer();
      recovers(crowd, "frozen for 20 s", System.nanoTime());
      Await.until(
          "no connection is left over", () -> cluster.postgres().connections() <= connections + 8);
    }
  }

  /** A node is unready but lives, and REST refuses in time with a problem document. */
  private void saysSo(int node, String room) throws Exception {
    Await.until(
        "node " + node + " says that the database is away",
        () ->
            cluster.node(node).status("/health/ready") == 503
                && cluster.node(node).body("/health/ready").contains("database"));
    assertEquals(200, cluster.node(node).status("/health/live"));
    long begin = System.nanoTime();
    Rest rest = cluster.rest(node, "reader");
    rest.get("/v1/conversations/" + room + "/events").expectProblem(503, "unavailable");
    long millis = (System.nanoTime() - begin) / 1_000_000;
    assertTrue(millis < REFUSED_MILLIS, () -> "REST answered after " + millis + " ms");
  }

  private void recovers(Crowd crowd, String what, long answered) throws Exception {
    Duration resumed = crowd.resumedAfter(answered);
    crowd.goOn(2 * RATE);
    crowd.stopAndJudge();
    System.out.printf(
        "%s: everybody's sends succeed in every room %d ms after it answered, meanwhile told %s,"
            + " the slowest reply took %d ms, %d acknowledged, %d of them as duplicates%n",
        what,
        resumed.toMillis(),
        crowd.temporaryErrors(),
        crowd.slowestReplyMillis(),
        crowd.chatter().done().size(),
        crowd.duplicates());
    assertTrue(resumed.compareTo(RESUMED) < 0, () -> "resumed after " + resumed);
    assertTrue(
        DOCUMENTED.containsAll(crowd.temporaryErrors().keySet()),
        () -> "told " + crowd.temporaryErrors());
    assertTrue(crowd.slowestReplyMillis() < LONGEST_REPLY_MILLIS);
    assertEquals(0, crowd.closings(), "connections of clients were lost");
    for (int i = 0; i < cluster.size(); i++) {
      cluster.node(i).awaitReady();
    }
  }

  /** The scenario lasts; nothing is waited for. */
  private static void pauseUntil(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
  }

  private double retried() throws Exception {
    double all = 0;
    for (int i = 0; i < cluster.size(); i++) {
      all += cluster.node(i).metric("hubbub_append_retried_total");
    }
    return all;
  }
}
