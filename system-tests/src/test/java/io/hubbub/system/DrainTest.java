package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Chatter;
import io.hubbub.system.client.Checker;
import io.hubbub.system.client.Transcript;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Promise 7: a draining node tells its clients to move, and loses nothing. */
@ClusterTest(own = true, nodes = 2)
@Timeout(120)
class DrainTest {
  private static final int RATE = 200;
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final Cluster cluster;

  DrainTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void sigtermUnderLoadIsUnreadyAtOnceTellsClientsLosesNothingAndExitsWithZero() throws Exception {
    List<String> users = List.of("drain-0", "drain-1", "drain-2", "drain-3");
    List<String> rooms = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      rooms.add(cluster.room("Drain " + i, users.get(0), users));
    }
    List<ChatClient> clients = new ArrayList<>();
    for (int i = 0; i < users.size(); i++) {
      clients.add(cluster.online(users.get(i), i % 2));
    }
    Chatter chatter = Chatter.start(clients, rooms, RATE);
    Await.until("talk has begun", () -> chatter.done().size() > RATE);
    long told = System.nanoTime();
    cluster.node(1).terminate();
    Await.until("unready", AT_ONCE, () -> cluster.node(1).status("/health/ready") != 200);
    assertEquals(0, cluster.node(1).exitCode(GRACE));
    long took = System.nanoTime() - told;
    for (int i : List.of(1, 3)) {
      ChatClient moved = clients.get(i);
      assertFalse(moved.events("reconnect", "").isEmpty(), "was told to move");
      int code = moved.events("closed", "").get(0).getInteger("code");
      assertEquals(1012, code, () -> moved.events("closed", "").toString());
      Await.until("moved", moved::online);
    }
    int before = chatter.done().size();
    Await.until("they go on", () -> chatter.done().size() > before + RATE);
    chatter.stop(Await.PATIENCE);
    assertEquals(List.of(), chatter.refused());
    for (String room : rooms) {
      Transcript history = clients.get(0).history(room);
      Checker checker = new Checker(history).acknowledged(chatter.acks(room));
      for (ChatClient client : clients) {
        Await.until(client.user() + " has all", () -> client.tail(room) == history.end());
        checker.saw(client.transcript(room)).sent(client.user(), chatter.keys(room, client.user()));
      }
      checker.assertClean();
    }
    long slowest =
        chatter.done().stream()
            .filter(done -> done.answered() > told)
            .mapToLong(done -> done.answered() - done.said())
            .max()
            .orElse(0);
    System.out.printf(
        "drained in %d ms, the longest wait of a message meanwhile was %d ms%n",
        TimeUnit.NANOSECONDS.toMillis(took), TimeUnit.NANOSECONDS.toMillis(slowest));
    assertTrue(cluster.node(1).output().contains("Stopped"));
    cluster.restart(1);
  }
}
