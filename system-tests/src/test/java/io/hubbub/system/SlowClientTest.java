package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Checker;
import io.hubbub.system.client.RawSocket;
import io.hubbub.system.client.Transcript;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Promise 4: a client that reads nothing costs bounded memory, is told so, and loses nothing. */
@ClusterTest
@Timeout(120)
class SlowClientTest {
  private static final int MESSAGES = 3_000;
  private static final int SLOW = 25;
  private static final int LARGE = 600;
  private static final int LETTERS = 50_000;
  private static final String LONG = "x".repeat(4_000);

  private final Cluster cluster;

  SlowClientTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void isToldGapAndHasEverythingInOrderAfterResume() throws Exception {
    String room = cluster.room("Loud", "loud", List.of("slow", "brisk"));
    ChatClient loud = cluster.online("loud", 0);
    ChatClient brisk = cluster.online("brisk", 0);
    try (RawSocket slow = new RawSocket(cluster.node(0).http())) {
      slow.hello(cluster.token("slow"));
      sendAll(loud, room);
      Await.until("the brisk client sees all", () -> brisk.tail(room) == MESSAGES + 1);

      long last = 1;
      JsonObject gap = slow.next();
      while (!"gap".equals(gap.getString("ev"))) {
        if (gap.containsKey("seq")) {
          assertEquals(last + 1, gap.getLong("seq"), "before the gap");
          last = gap.getLong("seq");
        }
        gap = slow.next();
      }
      assertEquals(last + 1, gap.getLong("from"), "the gap begins where the entries end");
      assertTrue(last < MESSAGES, "the whole backlog was kept for it: memory is not bounded");
      assertTrue(gap.getLong("to") > last, "the gap ends beyond where the entries end");
      assertEquals(gap.getLong("to") - 1, gap.getLong("unread"), "all but `created` are messages");

      slow.text(
          "{\"op\":\"resume\",\"id\":1,\"conversation\":\"%s\",\"since\":%d}"
              .formatted(room, last));
      assertEquals(last + 1, slow.reply().getJsonObject("ok").getLong("from"));
      while (last < MESSAGES + 1) {
        JsonObject line = slow.next();
        if (line.containsKey("seq")) {
          assertEquals(last + 1, line.getLong("seq"), "after resume");
          last = line.getLong("seq");
        }
      }
    }
  }

  /** 25 sessions behind by 30 MB each: more than the node's 512 MB, were it kept for them. */
  @Test
  void twentyFiveAtOnceCostLittleAndStayConnected() throws Exception {
    String room = cluster.room("Slow", "slow-talker", List.of("slow-many"));
    ChatClient talker = cluster.online("slow-talker", 0);
    List<ChatClient> slow = new ArrayList<>();
    for (int i = 0; i < SLOW; i++) {
      ChatClient client = cluster.client("slow-many", 1).staysAway();
      Await.get(client.connect());
      client.stopReading();
      slow.add(client);
    }
    String large = "x".repeat(LETTERS);
    List<CompletableFuture<JsonObject>> sent = new ArrayList<>();
    long most = 0;
    for (int i = 0; i < LARGE; i++) {
      sent.add(talker.send(room, "m" + i, i + large));
      if (i % 50 == 49) {
        for (CompletableFuture<JsonObject> answer : sent) {
          Await.get(answer);
        }
        sent.clear();
        most = Math.max(most, cluster.node(1).residentBytes());
      }
    }
    ChatClient fresh = cluster.online("slow-many", 1);
    Await.get(fresh.ask(new JsonObject().put("op", "ping")));
    ChatClient first = slow.get(0);
    first.startReading();
    Await.until("told of the gap", () -> !first.events("gap", room).isEmpty());
    long head = talker.tail(room);
    Await.until("has all", () -> first.tail(room) == head);
    assertTrue(first.online(), "it was not disconnected");
    Transcript history = talker.history(room);
    new Checker(history).saw(first.transcript(room)).assertClean();
    assertEquals(0, first.repeats(room));
    assertTrue(cluster.node(1).alive());
    System.out.printf(
        "%d clients that read nothing, node used %.0f MB at most%n", SLOW, most / 1e6);
  }

  private static void sendAll(ChatClient loud, String room) throws Exception {
    List<CompletableFuture<JsonObject>> acks = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      acks.add(loud.send(room, "k" + i, i + LONG));
      if (acks.size() == 200) {
        for (CompletableFuture<JsonObject> ack : acks) {
          Await.get(ack);
        }
        acks.clear();
      }
    }
    for (CompletableFuture<JsonObject> ack : acks) {
      Await.get(ack);
    }
  }
}
