package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where somebody stands in a log: what was read, what has arrived, and what a client holds. */
@ClusterTest
@Timeout(60)
class PlacesTest {
  private final Cluster cluster;

  PlacesTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void whatWasReadAndWhatHasArrivedAreToldApart() throws Exception {
    String room = cluster.room("Marks", "marks-a", List.of("marks-b"));
    ChatClient writer = cluster.online("marks-a", 0);
    ChatClient reader = cluster.online("marks-b", 1);
    ChatClient other = cluster.online("marks-b", 2);
    for (int i = 0; i < 3; i++) {
      Await.get(writer.send(room, "m" + i, "text"));
    }
    Await.get(reader.ask(op("read", room).put("seq", 2).put("delivered", 4)));

    for (ChatClient client : List.of(writer, other)) {
      Await.until("told what was read", () -> upTo(client, "read", room) == 2);
      Await.until("told what has arrived", () -> upTo(client, "delivered", room) == 4);
    }
    assertEquals(2, last(other, "read", room).getInteger("unread"));
    assertFalse(last(writer, "read", room).containsKey("unread"));
  }

  @Test
  void whoHoldsWhatTheLogDoesNotIsToldReset() throws Exception {
    String room = cluster.room("Places", "places", List.of());
    ChatClient client = cluster.client("places", 0).doesNotResume();
    Await.get(client.connect());
    long at = Await.get(client.send(room, "m", "text")).getLong("at");
    JsonObject resume = op("resume", room);
    JsonObject place = new JsonObject().put("seq", 2).put("at", at);

    assertEquals(3, Await.get(client.ask(resume.copy().put("since", place))).getLong("from"));
    Await.get(client.ask(op("ping", room)));
    assertEquals(0, client.events("reset", room).size());

    Await.get(client.ask(resume.copy().put("since", place.copy().put("at", at - 1))));
    Await.until("told of the other time", () -> client.events("reset", room).size() == 1);
    Await.get(client.ask(resume.copy().put("since", 99)));
    Await.until("told of the missing end", () -> client.events("reset", room).size() == 2);
    assertEquals(2, client.events("reset", room).get(1).getLong("head"));
  }

  private static JsonObject op(String op, String conversation) {
    return new JsonObject().put("op", op).put("conversation", conversation);
  }

  private static long upTo(ChatClient client, String event, String room) {
    return client.events(event, room).isEmpty() ? 0 : last(client, event, room).getLong("upTo");
  }

  private static JsonObject last(ChatClient client, String event, String room) {
    List<JsonObject> all = client.events(event, room);
    return all.get(all.size() - 1);
  }
}
