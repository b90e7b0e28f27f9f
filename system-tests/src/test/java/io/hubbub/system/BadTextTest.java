package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.ChatException;
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

/** Text that can't be kept is refused alone; its neighbours are not harmed. */
@ClusterTest
@Timeout(60)
class BadTextTest {
  private final Cluster cluster;

  BadTextTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void aBadTextGetsItsErrorAndEveryOtherOfItsBatchIsAcknowledged() throws Exception {
    String room = cluster.room("Texts", "text-a", List.of());
    ChatClient client = cluster.online("text-a", 1);
    // JSON escapes, so that the frame itself is good.
    List<String> bad = List.of("\\u0000", "a\\u0000b", "\\ud83d", "x\\udc00y", "\\udc00\\ud800");
    List<CompletableFuture<JsonObject>> good = new ArrayList<>();
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      good.add(client.send(room, "good-" + i, "good 👍 " + i));
      if (i % 20 == 7) {
        lines.append(line(room, "bad-" + i, bad.get(i / 20)));
        client.raw(line(room, "bad-" + i, bad.get(i / 20)));
      }
    }
    for (CompletableFuture<JsonObject> answer : good) {
      Await.get(answer);
    }
    Transcript history = client.history(room);
    assertEquals(101, history.end(), lines.toString());
    assertEquals(100, history.messages().size());
  }

  @Test
  void theErrorNamesTheReason() throws Exception {
    String room = cluster.room("Texts", "text-b", List.of());
    ChatClient client = cluster.online("text-b", 0);
    for (String text : List.of("\u0000", "a\u0000b", "\ud83d", "x\udc00y")) {
      JsonObject say =
          new JsonObject()
              .put("op", "send")
              .put("conversation", room)
              .put("key", "k" + text.codePointAt(0))
              .put("body", text);
      assertEquals("bad_text", code(client.ask(say)));
    }
    Await.get(client.send(room, "fine", "fine"));
  }

  private static String code(CompletableFuture<JsonObject> answer) throws Exception {
    try {
      return Await.get(answer).encode();
    } catch (ChatException e) {
      return e.code();
    }
  }

  private static String line(String room, String key, String escaped) {
    return "{\"op\":\"send\",\"conversation\":\"%s\",\"key\":\"%s\",\"body\":\"%s\"}"
        .formatted(room, key, escaped);
  }
}
