package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Crowd;
import io.hubbub.system.client.Jwt;
import io.hubbub.system.client.Rest;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.hubbub.system.harness.FakeClock;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Wall clocks of nodes that are wrong, or jump, matter to tokens and to nothing else. */
@ClusterTest(own = true, nodes = 2)
@Timeout(300)
class NodeClocksTest {
  private static final int RATE = 100;
  private static final Duration HOUR = Duration.ofHours(1);

  /** More than heartbeats may be late by, less than what the cluster takes for a jump. */
  private static final Duration SOMEWHAT = Duration.ofSeconds(40);

  /** Members take each other for dead after 9 s without a heartbeat. */
  private static final int LONGER_THAN_A_HEARTBEAT_MAY_BE_LATE = 10 * RATE;

  private static final Duration NORMAL = Duration.ofSeconds(5);
  private static final Duration STOPPED = Duration.ofSeconds(60);

  private final Cluster cluster;
  private final List<FakeClock> clocks;

  NodeClocksTest(Cluster cluster) throws IOException {
    this.cluster = cluster;
    this.clocks = List.of(new FakeClock(), new FakeClock());
    cluster.tokensFor(Duration.ofHours(5));
  }

  @AfterEach
  void forgetClocks() throws IOException {
    for (FakeClock clock : clocks) {
      clock.close();
    }
  }

  @Test
  @Tag("slow")
  void nodesHoursApartJoinAndTalkOnWhileTheirClocksJump() throws Exception {
    startWithFakeClocks();
    try (Crowd crowd = Crowd.talking(cluster, "apart", RATE)) {
      tellTime(crowd);
      jump(crowd, 0, HOUR.negated());
      jump(crowd, 1, HOUR);
      jump(crowd, 0, HOUR);
      for (int node = 0; node < cluster.size(); node++) {
        jump(crowd, node, SOMEWHAT);
        jump(crowd, node, SOMEWHAT.negated());
        crowd.goOn(LONGER_THAN_A_HEARTBEAT_MAY_BE_LATE);
      }
      unmoved(crowd);
      long slowest = crowd.slowestReplyMillis();

      sessionsEndByTheClockOfTheirNode(crowd);
      final Duration back = restartedAtAnotherTime(crowd);
      crowd.stopAndJudge();
      atNeverFalls();
      System.out.printf(
          "nodes up to two hours apart, seven jumps: the slowest reply took %d ms; one restarted an"
              + " hour off: all send again %d ms after it is ready%n",
          slowest, back.toMillis());
      assertTrue(slowest < NORMAL.toMillis(), () -> "the slowest reply took " + slowest + " ms");
    }
  }

  /** One node an hour ahead, the other an hour behind. */
  private void startWithFakeClocks() throws Exception {
    clocks.get(0).ahead(HOUR);
    clocks.get(1).ahead(HOUR.negated());
    for (int i = 0; i < cluster.size(); i++) {
      cluster.node(i).terminate();
    }
    for (int i = 0; i < cluster.size(); i++) {
      cluster.node(i).exitCode(STOPPED);
      cluster.environment(i, clocks.get(i).environment());
    }
    cluster.restartAll();
    tokensGoByTheClock(0, HOUR);
    tokensGoByTheClock(1, HOUR.negated());
  }

  /** Sessions are told the time of their node, so that clients can tell how wrong it is. */
  private static void tellTime(Crowd crowd) {
    List<Long> times =
        crowd.clients().stream().map(client -> client.welcome().getLong("serverTime")).toList();
    long apart = times.get(0) - times.get(1);
    assertTrue(apart > HOUR.toMillis(), () -> "the nodes' clocks are " + apart + " ms apart");
  }

  private void jump(Crowd crowd, int node, Duration ahead) throws Exception {
    clocks.get(node).ahead(ahead);
    tokensGoByTheClock(node, ahead);
    crowd.goOn(RATE);
  }

  /** A token that is over by the node's clock is refused there, and one that is not is good. */
  private void tokensGoByTheClock(int node, Duration ahead) throws Exception {
    long now = ahead.toSeconds();
    assertEquals(200, status(node, now + 100), "good for 100 s");
    assertEquals(200, status(node, now - 10), "over for 10 s, within the leeway");
    assertEquals(401, status(node, now - 61), "over for longer than any leeway");
  }

  private int status(int node, long secondsLeft) throws Exception {
    return new Rest(cluster.node(node).http(), token("clock", secondsLeft))
        .get("/v1/conversations")
        .status();
  }

  private static String token(String user, long secondsLeft) {
    JsonObject claims = new JsonObject().put("sub", user).put("exp", Jwt.inSeconds(secondsLeft));
    return Jwt.hs256(Cluster.SECRET, claims);
  }

  /** No session ended, no command was late, no member was missed. */
  private void unmoved(Crowd crowd) throws Exception {
    assertEquals(0, crowd.closings(), "sessions ended");
    assertEquals(Map.of(), crowd.temporaryErrors());
    assertEquals(0, cluster.metric("hubbub_append_expired_total", ""));
    for (int i = 0; i < cluster.size(); i++) {
      assertEquals(200, cluster.node(i).status("/health/ready"));
      assertEquals(0, cluster.node(i).said("is suspected to be dead"), cluster.node(i).tail());
      assertEquals(0, cluster.node(i).said("disagree on who is alive"), cluster.node(i).tail());
    }
  }

  /** A jump ahead, to where a token is over, ends its session there; elsewhere it is good. */
  private void sessionsEndByTheClockOfTheirNode(Crowd crowd) throws Exception {
    clocks.get(0).ahead(Duration.ZERO);
    List<ChatClient> halfAnHour =
        List.of(
            new ChatClient("short-0", token("short-0", 1800), List.of(cluster.node(0).http())),
            new ChatClient("short-1", token("short-1", 1800), List.of(cluster.node(1).http())));
    try {
      for (ChatClient client : halfAnHour) {
        Await.get(client.staysAway().connect());
      }
      clocks.get(0).ahead(HOUR);
      Await.until("a session whose token is over ends", () -> !halfAnHour.get(0).online());
      assertEquals("", endings(halfAnHour.get(1)));
      assertTrue(endings(halfAnHour.get(0)).contains("4401"), endings(halfAnHour.get(0)));
      assertEquals(0, crowd.closings(), "good tokens' sessions ended");
    } finally {
      halfAnHour.forEach(ChatClient::close);
    }
  }

  private static String endings(ChatClient client) {
    return String.join(
        " ",
        client.events().stream()
            .map(heard -> heard.json())
            .filter(event -> "closed".equals(event.getString("ev")))
            .map(JsonObject::encode)
            .toList());
  }

  /** A node that comes back an hour behind the other, which is two hours behind what it left. */
  private Duration restartedAtAnotherTime(Crowd crowd) throws Exception {
    cluster.node(0).terminate();
    cluster.node(0).exitCode(STOPPED);
    clocks.get(0).ahead(HOUR.negated());
    cluster.restart(0);
    final long ready = System.nanoTime();
    tokensGoByTheClock(0, HOUR.negated());
    cluster.node(1).awaitReady();
    return crowd.resumedAfter(ready);
  }

  private void atNeverFalls() throws Exception {
    assertEquals(
        "0",
        cluster.sql(
            "SELECT count(*) FROM (SELECT at < lag(at) OVER"
                + " (PARTITION BY conversation ORDER BY seq) AS fell FROM event) WHERE fell"));
    long now = System.currentTimeMillis();
    long apart =
        Math.max(
            Math.abs(Long.parseLong(cluster.sql("SELECT max(at) FROM event")) - now),
            Math.abs(Long.parseLong(cluster.sql("SELECT min(at) FROM event")) - now));
    assertTrue(
        apart < TimeUnit.MINUTES.toMillis(5), () -> "a node's time got into the log: " + apart);
  }
}
