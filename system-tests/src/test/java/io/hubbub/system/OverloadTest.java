package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.ChatException;
import io.hubbub.system.client.Chatter;
import io.hubbub.system.client.Checker;
import io.hubbub.system.client.Transcript;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.hubbub.system.harness.ConversationLock;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is too slow or too much costs bounded memory, a clear answer, and nobody else. */
@ClusterTest(
    own = true,
    settings = {"--history.batch.rows=2", "--history.delivery.bytes=262144"})
@Timeout(400)
@Tag("slow")
class OverloadTest {
  private static final long DELIVERY_BYTES = 262_144;
  private static final String LONG = "a long message ".repeat(200);

  private final Cluster cluster;

  OverloadTest(Cluster cluster) {
    this.cluster = cluster;
  }

  private List<ChatClient> people(String name, int count, List<String> rooms) throws Exception {
    List<String> users = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      users.add(name + "-" + i);
    }
    for (int i = 0; i < 6; i++) {
      rooms.add(cluster.room(name + " " + i, users.get(0), users));
    }
    List<ChatClient> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clients.add(cluster.online(users.get(i), i % cluster.size()));
    }
    return clients;
  }

  private static void judge(List<ChatClient> clients, List<String> rooms, Chatter chatter)
      throws Exception {
    assertEquals(List.of(), chatter.refused());
    for (String room : rooms) {
      Transcript history = clients.get(0).history(room);
      Checker checker = new Checker(history).acknowledged(chatter.acks(room)).rights().times();
      for (ChatClient client : clients) {
        Await.until(client.user() + " has all", () -> client.tail(room) == history.end());
        checker.saw(client.transcript(room)).sent(client.user(), chatter.keys(room, client.user()));
      }
      checker.assertClean();
    }
  }

  @Test
  void aStoppedEdgeCostsItsHomesBoundedMemoryAndDelaysNoOtherEdge() throws Exception {
    List<String> rooms = new ArrayList<>();
    List<ChatClient> clients = people("stop", 6, rooms);
    List<ChatClient> others = clients.stream().filter(c -> clients.indexOf(c) % 3 != 2).toList();
    List<String> elsewhere =
        rooms.stream().filter(room -> cluster.home(room, List.of(0, 1, 2)) != 2).toList();
    assertTrue(elsewhere.size() > 0, "no room has its home on another node");
    Chatter chatter = Chatter.start(others, elsewhere, 200, LONG, 2_000);
    Await.until("talk has begun", () -> chatter.done().size() > 400);
    cluster.node(2).signal("STOP");
    long stopped = System.nanoTime();
    double most = 0;
    double shrunk = 0;
    while (System.nanoTime() - stopped < TimeUnit.SECONDS.toNanos(8)) {
      for (int i = 0; i < 2; i++) {
        most = Math.max(most, cluster.node(i).metric("hubbub_deliveries_waiting_bytes"));
        shrunk = Math.max(shrunk, cluster.node(i).metric("hubbub_deliveries_shrunk_total"));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    long continued = System.nanoTime();
    cluster.node(2).signal("CONT");
    int before = chatter.done().size();
    Await.until("they go on", () -> chatter.done().size() > before + 400);
    chatter.stop(Await.PATIENCE);
    long longest =
        chatter.done().stream()
            .filter(done -> done.said() > stopped && done.said() < continued)
            .mapToLong(done -> done.answered() - done.said())
            .max()
            .orElse(0);
    System.out.printf(
        "an edge stopped for 8 s: at most %.0f bytes wait for it, shrunk %.0f times, longest wait"
            + " of the others %d ms%n",
        most, shrunk, longest / 1_000_000);
    judge(clients, elsewhere, chatter);
    assertTrue(shrunk > 0, "nothing was too much");
    assertTrue(most <= DELIVERY_BYTES, "more waits for the stopped edge than configured");
    assertTrue(longest < TimeUnit.SECONDS.toNanos(2), "others were delayed");
  }

  @Test
  void aDrownedHomeMakesEdgesAnswerOverloadedAtOnceAndInOrderAndLosesNothing() throws Exception {
    String room = cluster.room("Drowned", "drown-a", List.of("drown-b"));
    ChatClient sender = cluster.online("drown-a", 0);
    ChatClient reader = cluster.online("drown-b", 1);
    Await.get(sender.send(room, "first", "before"));
    List<CompletableFuture<JsonObject>> stuck = new ArrayList<>();
    long slowest = 0;
    List<String> keys = new ArrayList<>();
    ConversationLock lock = ConversationLock.of(cluster.postgres(), List.of(room));
    try {
      for (int i = 0; i < 50; i++) {
        keys.add("stuck-" + i);
        stuck.add(once(sender, room, "stuck-" + i));
      }
      ChatClient prober = cluster.online("drown-b", 2);
      Await.until("the home has drowned", Duration.ofSeconds(4), () -> overloaded(prober, room));
      for (int i = 0; i < 50; i++) {
        keys.add("refused-" + i);
        long at = System.nanoTime();
        CompletableFuture<JsonObject> answer = once(sender, room, "refused-" + i);
        assertEquals("overloaded", code(answer));
        slowest = Math.max(slowest, System.nanoTime() - at);
      }
    } finally {
      lock.close();
    }
    for (CompletableFuture<JsonObject> answer : stuck) {
      Await.get(answer);
    }
    // Later ones stay refused until the first of them comes again: none overtakes it.
    assertEquals("overloaded", code(once(sender, room, "refused-1")));
    for (int i = 0; i < 50; i++) {
      Await.get(sender.send(room, "refused-" + i, "said once more"));
    }
    Transcript history = sender.history(room);
    Await.until("the reader has all", () -> reader.tail(room) == history.end());
    new Checker(history)
        .saw(reader.transcript(room))
        .saw(sender.transcript(room))
        .sent("drown-a", keys)
        .assertClean();
    assertEquals(101, history.messages().stream().filter(m -> m.from().equals("drown-a")).count());
    System.out.printf(
        "a drowned home: overloaded was answered within %d ms%n", slowest / 1_000_000);
    assertTrue(slowest < TimeUnit.SECONDS.toNanos(1), "overloaded came late");
  }

  private static boolean overloaded(ChatClient client, String room) throws Exception {
    return "overloaded".equals(code(once(client, room, "probe-" + System.nanoTime())));
  }

  private static CompletableFuture<JsonObject> once(ChatClient client, String room, String key) {
    return client.ask(
        new JsonObject()
            .put("op", "send")
            .put("conversation", room)
            .put("key", key)
            .put("body", "said once"));
  }

  /** The code that it is refused with; nothing while it has no answer, or a good one. */
  private static String code(CompletableFuture<JsonObject> answer) throws Exception {
    try {
      answer.get(300, TimeUnit.MILLISECONDS);
      return "";
    } catch (ExecutionException e) {
      return e.getCause() instanceof ChatException refused ? refused.code() : "";
    } catch (java.util.concurrent.TimeoutException e) {
      return "";
    }
  }

  @Test
  void tenTimesTheLoadForAMinuteAndBackLosesNothing() throws Exception {
    List<String> rooms = new ArrayList<>();
    List<ChatClient> clients = people("much", 9, rooms);
    double capacity = capacity(clients, rooms);
    long begin = System.nanoTime();
    Chatter flood = Chatter.start(clients, rooms, 10 * capacity, "", (int) (10 * capacity));
    long resident = 0;
    double refused = 0;
    while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(60)) {
      TimeUnit.SECONDS.sleep(1);
      for (int i = 0; i < cluster.size(); i++) {
        resident = Math.max(resident, cluster.node(i).residentBytes());
        refused = Math.max(refused, cluster.node(i).metric("hubbub_commands_overloaded_total"));
      }
    }
    flood.stop(Duration.ofMinutes(2));
    judge(clients, rooms, flood);
    long over = System.nanoTime();
    Chatter after = Chatter.start(clients, rooms, capacity / 4);
    Await.until("they go on", () -> after.done().size() > capacity);
    after.stop(Await.PATIENCE);
    long longest =
        after.done().stream()
            .filter(done -> done.said() - over > TimeUnit.SECONDS.toNanos(1))
            .mapToLong(done -> done.answered() - done.said())
            .max()
            .orElse(0);
    System.out.printf(
        "ten times %.0f messages/s for a minute: %d acknowledged, %.0f refused at one edge, nodes at"
            + " most %d MB, afterwards the longest wait was %d ms%n",
        capacity, flood.done().size(), refused, resident >> 20, longest / 1_000_000);
    assertTrue(refused > 0, "it was not too much");
    assertTrue(longest < TimeUnit.SECONDS.toNanos(2), "it is not as before");
  }

  /** What is acknowledged in a second when as much is said as is answered. */
  private static double capacity(List<ChatClient> clients, List<String> rooms) throws Exception {
    Chatter chatter = Chatter.start(clients, rooms, 1e6, "short", 300);
    Await.until("warm", () -> chatter.done().size() > 500);
    int before = chatter.done().size();
    long begin = System.nanoTime();
    TimeUnit.SECONDS.sleep(5);
    double perSecond = (chatter.done().size() - before) * 1e9 / (System.nanoTime() - begin);
    chatter.stop(Await.PATIENCE);
    return perSecond;
  }
}
