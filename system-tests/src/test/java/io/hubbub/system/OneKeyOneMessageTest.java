package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.ChatException;
import io.hubbub.system.client.Rest;
import io.hubbub.system.client.Transcript;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Promise 3: a retry with the same key is the same message, through whichever node. */
@ClusterTest
@Timeout(60)
class OneKeyOneMessageTest {
  private final Cluster cluster;

  OneKeyOneMessageTest(Cluster cluster) {
    this.cluster = cluster;
  }

  private static JsonObject command(String op, String room, String key) {
    return new JsonObject().put("op", op).put("conversation", room).put("key", key);
  }

  private static JsonObject say(String room, String key, String body) {
    return command("send", room, key).put("body", body);
  }

  private static String refusal(CompletableFuture<JsonObject> answer) {
    return assertThrows(ChatException.class, () -> Await.get(answer)).code();
  }

  @Test
  void aKeySentThreeTimesThroughTwoNodesIsOneMessage() throws Exception {
    String room = cluster.room("Keys", "key-a", List.of());
    ChatClient first = cluster.online("key-a", 0);
    ChatClient second = cluster.online("key-a", 1);
    JsonObject once = Await.get(first.ask(say(room, "k", "said once")));
    JsonObject twice = Await.get(second.ask(say(room, "k", "said once")));
    JsonObject thrice = Await.get(first.ask(say(room, "k", "said once")));
    for (JsonObject again : List.of(twice, thrice)) {
      assertEquals(once.getLong("seq"), again.getLong("seq"));
      assertEquals(once.getLong("at"), again.getLong("at"));
      assertEquals(true, again.getBoolean("duplicate"));
    }
    assertEquals(1, first.history(room).messages().size());
  }

  @Test
  void aKeySentTwentyTimesAtOnceIsOneMessage() throws Exception {
    String room = cluster.room("Keys", "key-b", List.of());
    List<ChatClient> clients = new ArrayList<>();
    for (int node = 0; node < cluster.size(); node++) {
      clients.add(cluster.online("key-b", node));
    }
    List<CompletableFuture<JsonObject>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(clients.get(i % clients.size()).ask(say(room, "k", "at once")));
    }
    Set<Long> numbers = new HashSet<>();
    Set<Long> times = new HashSet<>();
    int fresh = 0;
    for (CompletableFuture<JsonObject> answer : answers) {
      JsonObject ok = Await.get(answer);
      numbers.add(ok.getLong("seq"));
      times.add(ok.getLong("at"));
      fresh += ok.getBoolean("duplicate", false) ? 0 : 1;
    }
    assertEquals(Set.of(2L), numbers);
    assertEquals(1, times.size());
    assertEquals(1, fresh, "answers that are no duplicate");
    assertEquals(1, clients.get(0).history(room).messages().size());
  }

  @Test
  void aKeyWithAnotherCommandIsRefused() throws Exception {
    String room = cluster.room("Keys", "key-c", List.of());
    ChatClient client = cluster.online("key-c", 0);
    long seq = Await.get(client.ask(say(room, "k", "one"))).getLong("seq");
    assertEquals("key_reused", refusal(client.ask(say(room, "k", "two"))));
    JsonObject delete = command("delete", room, "k").put("target", seq);
    assertEquals("key_reused", refusal(client.ask(delete)));
    assertEquals("one", client.history(room).messages().get(0).body());
  }

  @Test
  void aRetryOfAMessageThatWasEditedMeanwhileIsADuplicate() throws Exception {
    String room = cluster.room("Keys", "key-d", List.of());
    ChatClient client = cluster.online("key-d", 0);
    long seq = Await.get(client.ask(say(room, "k", "before"))).getLong("seq");
    JsonObject edit = command("edit", room, "e").put("target", seq).put("body", "after");
    Await.get(client.ask(edit));
    JsonObject again = Await.get(cluster.online("key-d", 2).ask(say(room, "k", "before")));
    assertEquals(seq, again.getLong("seq"));
    assertEquals(true, again.getBoolean("duplicate"));
    assertEquals("after", client.history(room).messages().get(0).body());
  }

  @Test
  void editsDeletionsAndReactionsHaveOneNumberPerKeyToo() throws Exception {
    String room = cluster.room("Keys", "key-e", List.of());
    ChatClient here = cluster.online("key-e", 0);
    ChatClient there = cluster.online("key-e", 1);
    long seq = Await.get(here.ask(say(room, "m", "text"))).getLong("seq");
    List<JsonObject> changes =
        List.of(
            command("edit", room, "e").put("target", seq).put("body", "text 2"),
            command("react", room, "r").put("target", seq).put("emoji", "👍").put("on", true),
            command("delete", room, "d").put("target", seq));
    for (JsonObject change : changes) {
      JsonObject first = Await.get(here.ask(change));
      for (ChatClient client : List.of(there, here)) {
        JsonObject again = Await.get(client.ask(change));
        assertEquals(first.getLong("seq"), again.getLong("seq"), change.encode());
        assertEquals(true, again.getBoolean("duplicate"), change.encode());
      }
    }
    assertEquals(5, here.history(room).end());
    assertEquals("", here.history(room).messages().get(0).body());
  }

  @Test
  void aJoinSentTwiceIsOneEntry() throws Exception {
    String room = cluster.room("Keys", "key-f", List.of());
    cluster.known(List.of("key-g"));
    JsonObject body = new JsonObject().put("users", new JsonArray().add("key-g"));
    String path = "/v1/rooms/" + room + "/members";
    Rest.Answer first = cluster.rest(0, "key-f").post(path, body, "join-1");
    Rest.Answer again = cluster.rest(1, "key-f").post(path, body, "join-1");
    assertEquals(first.json().getLong("seq"), again.json().getLong("seq"), again.text());
    JsonObject reuse = new JsonObject().put("users", new JsonArray().add("key-f"));
    cluster.rest(2, "key-f").post(path, reuse, "join-1").expectProblem(409, "key_reused");
    assertEquals(2, cluster.online("key-f", 0).history(room).end());
  }

  @Test
  void aRoomMadeTwiceWithOneKeyIsOneRoom() throws Exception {
    JsonObject room = new JsonObject().put("name", "Made once");
    Rest.Answer first = cluster.rest(0, "key-h").post("/v1/rooms", room, "make").expect(201);
    Rest.Answer again = cluster.rest(1, "key-h").post("/v1/rooms", room, "make").expect(200);
    assertEquals(first.json().getString("id"), again.json().getString("id"));
  }

  @Test
  void aCancelThatRacesItsSendEndsInExactlyOneOfTwoWays() throws Exception {
    String room = cluster.room("Keys", "key-i", List.of());
    ChatClient sender = cluster.online("key-i", 0);
    ChatClient canceller = cluster.online("key-i", 1);
    int deleted = 0;
    int prevented = 0;
    for (int i = 0; i < 60; i++) {
      String key = "race-" + i;
      CompletableFuture<JsonObject> send;
      CompletableFuture<JsonObject> cancel;
      if (i % 2 == 0) {
        send = sender.ask(say(room, key, "maybe"));
        cancel = canceller.ask(command("cancel", room, key));
      } else {
        cancel = canceller.ask(command("cancel", room, key));
        send = sender.ask(say(room, key, "maybe"));
      }
      Await.get(cancel);
      try {
        Await.get(send);
        deleted++;
      } catch (ChatException e) {
        assertEquals("cancelled", e.code());
        prevented++;
      }
    }
    Transcript history = sender.history(room);
    assertEquals(60, deleted + prevented);
    assertEquals(deleted, history.messages().size());
    assertTrue(history.messages().stream().allMatch(message -> message.body().isEmpty()));
    assertEquals(1 + 2L * deleted + prevented, history.end());
    System.out.println("cancelled in time: " + prevented + ", deleted after: " + deleted);
  }
}
