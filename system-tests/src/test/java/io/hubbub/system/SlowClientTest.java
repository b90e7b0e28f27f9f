package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.RawSocket;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A client that reads nothing costs bounded memory, is told so, and loses nothing. */
@ClusterTest(own = true, nodes = 1, settings = "--limits.outbox.bytes=262144")
class SlowClientTest {
  private static final int MESSAGES = 3_000;
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
