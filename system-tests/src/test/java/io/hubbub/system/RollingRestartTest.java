package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Chatter;
import io.hubbub.system.client.Checker;
import io.hubbub.system.client.Transcript;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Balancer;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Promises 2 and 7: a deploy that restarts every node is not noticed, but for a reconnect. */
@ClusterTest(own = true)
@Timeout(300)
@Tag("slow")
class RollingRestartTest {
  private static final int CLIENTS = 9;
  private static final int ROOMS = 6;
  private static final int RATE = 150;
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final long LONGEST_WAIT_MILLIS = 2_000;

  private final Cluster cluster;
  private final List<String> rooms = new ArrayList<>();
  private final List<ChatClient> clients = new ArrayList<>();

  RollingRestartTest(Cluster cluster) {
    this.cluster = cluster;
  }

  private void people(String name, Balancer balancer) throws Exception {
    List<String> users = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      users.add(name + "-" + i);
    }
    for (int i = 0; i < ROOMS; i++) {
      rooms.add(cluster.room(name + " " + i, users.get(0), users));
    }
    for (String user : users) {
      ChatClient client = cluster.client(user, 0);
      client.goesTo(() -> balancer.place(client));
      Await.get(client.connect());
      clients.add(client);
    }
  }

  @Test
  void nodesRestartedOneAfterAnotherUnderLoadDelayNothingBeyondTwoSecondsAndLoseNothing()
      throws Exception {
    try (Balancer balancer = new Balancer(cluster)) {
      people("roll", balancer);
      Chatter chatter = Chatter.start(clients, rooms, RATE);
      Await.until("talk has begun", () -> chatter.done().size() > 2 * RATE);
      for (int i = 0; i < cluster.size(); i++) {
        cluster.node(i).terminate();
        assertEquals(0, cluster.node(i).exitCode(GRACE));
        cluster.restart(i);
      }
      int before = chatter.done().size();
      Await.until("they go on", () -> chatter.done().size() > before + 2 * RATE);
      chatter.stop(Await.PATIENCE);
      int most = clients.stream().mapToInt(RollingRestartTest::reconnects).max().orElse(0);
      long longest =
          chatter.done().stream().mapToLong(done -> done.answered() - done.said()).max().orElse(0)
              / 1_000_000;
      System.out.printf(
          "three nodes restarted under load: %d acknowledged, longest wait %d ms, at most %d"
              + " reconnects%n",
          chatter.done().size(), longest, most);
      judge(chatter);
      assertTrue(most <= 2, () -> "somebody had to come back " + most + " times");
      assertTrue(longest <= LONGEST_WAIT_MILLIS, () -> "a message waited for " + longest + " ms");
    }
  }

  @Test
  void allNodesStoppedAtOnceAndStartedAgainHaveEverything() throws Exception {
    try (Balancer balancer = new Balancer(cluster)) {
      people("all", balancer);
      Chatter chatter = Chatter.start(clients, rooms, RATE);
      Await.until("talk has begun", () -> chatter.done().size() > 2 * RATE);
      for (int i = 0; i < cluster.size(); i++) {
        cluster.node(i).terminate();
      }
      for (int i = 0; i < cluster.size(); i++) {
        assertEquals(0, cluster.node(i).exitCode(GRACE));
      }
      int before = chatter.done().size();
      long started = System.nanoTime();
      cluster.restartAll();
      long ready = System.nanoTime();
      Await.until("they go on", () -> chatter.done().size() > before + 2 * RATE);
      chatter.stop(Await.PATIENCE);
      System.out.printf(
          "all nodes restarted at once: ready after %d ms, %d acknowledged%n",
          (ready - started) / 1_000_000, chatter.done().size());
      judge(chatter);
    }
  }

  private static int reconnects(ChatClient client) {
    return client.events("closed", "").size();
  }

  private void judge(Chatter chatter) throws Exception {
    assertEquals(List.of(), chatter.refused());
    assertEquals(0, clients.stream().mapToInt(ChatClient::unanswered).sum());
    for (String room : rooms) {
      Transcript history = clients.get(0).history(room);
      Checker checker = new Checker(history).acknowledged(chatter.acks(room)).times();
      for (ChatClient client : clients) {
        Await.until(client.user() + " has all", () -> client.tail(room) == history.end());
        checker.saw(client.transcript(room)).sent(client.user(), chatter.keys(room, client.user()));
      }
      checker.assertClean();
    }
  }
}
