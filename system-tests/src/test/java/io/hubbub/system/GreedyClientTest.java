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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one client does to a node is felt by no other. */
@ClusterTest
@Timeout(120)
class GreedyClientTest {
  private static final int CLOSE = 8;
  private static final int LEAVING = 40;
  private static final int ROOMS = 10;
  private static final int LARGE = 30;
  private static final int QUESTIONS = 200;
  private static final String LONG = "x".repeat(50_000);

  private final Cluster cluster;

  GreedyClientTest(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * A close frame of a client that does not read is answered behind all that waits for it: until
   * then the socket is closed, and yet there to be written.
   */
  @Test
  void clientsThatLeaveWithoutReadingSilenceNobody() throws Exception {
    String room = cluster.room("Door", "door-talker", List.of("door-stays", "door-leaves"));
    ChatClient talker = cluster.online("door-talker", 1);
    List<RawSocket> leaving = new ArrayList<>();
    for (int i = 0; i < LEAVING; i++) {
      leaving.add(new RawSocket(cluster.node(0).http()).hello(cluster.token("door-leaves")));
    }
    ChatClient stays = cluster.online("door-stays", 0);
    // How much the system takes for a socket is not known: so each leaves a little later.
    long said = 1;
    for (RawSocket each : leaving) {
      for (int i = 0; i < 5; i++) {
        Await.get(talker.send(room, "m" + said, LONG));
        said++;
      }
      each.frame(CLOSE, true, new byte[] {0x03, (byte) 0xe8});
    }
    long head = said;
    Await.until("who stays hears all", () -> stays.tail(room) == head);
    for (RawSocket each : leaving) {
      each.close();
    }
  }

  /**
   * More answers than the node would keep, then more conversations behind than it reads at once.
   */
  @Test
  void whoAsksForMuchAtOnceGetsItAllByAndBy() throws Exception {
    ChatClient talker = cluster.online("much-talker", 0);
    List<String> rooms = new ArrayList<>();
    List<CompletableFuture<JsonObject>> sent = new ArrayList<>();
    for (int i = 0; i < ROOMS; i++) {
      String room = cluster.room("Much " + i, "much-talker", List.of("much"));
      rooms.add(room);
      for (int k = 0; k < LARGE; k++) {
        sent.add(talker.send(room, "m" + k, LONG));
      }
      for (CompletableFuture<JsonObject> answer : sent) {
        Await.get(answer);
      }
      sent.clear();
    }
    try (RawSocket much = new RawSocket(cluster.node(0).http())) {
      much.hello(cluster.token("much"));
      for (int i = 1; i <= QUESTIONS; i++) {
        much.text(
            "{\"op\":\"history\",\"id\":%d,\"conversation\":\"%s\",\"limit\":200}"
                .formatted(i, rooms.get(i % ROOMS)));
      }
      for (int i = 1; i <= QUESTIONS; i++) {
        assertTrue(much.reply().containsKey("ok"));
      }
    }
    try (RawSocket much = new RawSocket(cluster.node(0).http())) {
      JsonObject since = new JsonObject();
      rooms.forEach(room -> since.put(room, 0));
      much.text(
          new JsonObject()
              .put("op", "hello")
              .put("id", 0)
              .put("token", cluster.token("much"))
              .put("since", since)
              .encode());
      Map<String, Long> tails = new HashMap<>();
      int entries = 0;
      while (entries < ROOMS * (LARGE + 1)) {
        JsonObject line = much.next();
        if (line.containsKey("seq")) {
          long next = tails.merge(line.getString("conversation"), 1L, Long::sum);
          assertEquals(next, line.getLong("seq"));
          entries++;
        }
      }
    }
  }
}
