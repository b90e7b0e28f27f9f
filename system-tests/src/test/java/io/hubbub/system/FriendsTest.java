package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hubbub.api.log.Conversations;
import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.ChatException;
import io.hubbub.system.client.Rest;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Friends see each other wherever they are, and a block lets nothing through; promise 5. */
@ClusterTest
@Timeout(180)
class FriendsTest {
  private final Cluster cluster;
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final String ann = "ann-" + run;
  private final String bob = "bob-" + run;

  FriendsTest(Cluster cluster) {
    this.cluster = cluster;
  }

  private static JsonObject op(String op) {
    return new JsonObject().put("op", op);
  }

  /** The values of one field of events of a kind about a user, in order. */
  private static List<String> told(ChatClient client, String event, String user, String field) {
    return client.events().stream()
        .map(ChatClient.Heard::json)
        .filter(json -> event.equals(json.getString("ev")))
        .filter(json -> user.equals(json.getString("user")))
        .map(json -> json.getString(field))
        .toList();
  }

  /** What is told last; what comes between may be left out, as only the newest counts. */
  private static void awaitState(ChatClient client, String other, String state) throws Exception {
    Await.until(
        other + " is " + state, () -> state.equals(last(told(client, "friend", other, "state"))));
  }

  private static void awaitSeen(ChatClient client, String other, String status) throws Exception {
    Await.until(
        other + " is seen " + status,
        () -> status.equals(last(told(client, "presence", other, "status"))));
  }

  private static String last(List<String> all) {
    return all.isEmpty() ? "" : Objects.requireNonNull(all.get(all.size() - 1));
  }

  private static String state(Rest.Answer answer) {
    return answer.expect(200).json().getString("state");
  }

  private static Rest.Answer asks(Rest rest, String other) throws Exception {
    return rest.post("/v1/friends", new JsonObject().put("user", other));
  }

  private static Rest.Answer blocks(Rest rest, String other) throws Exception {
    return rest.post("/v1/friends/" + other + "/block", new JsonObject());
  }

  @Test
  void friendsOnTwoNodesSeeEachOtherWithoutAsking() throws Exception {
    ChatClient annOnline = cluster.online(ann, 0);
    ChatClient bobOnline = cluster.online(bob, 1);
    Rest annCalls = cluster.rest(0, ann);
    Rest bobCalls = cluster.rest(1, bob);
    assertEquals("requested", state(asks(annCalls, bob)));
    awaitState(bobOnline, ann, "incoming");
    awaitState(annOnline, bob, "requested");
    assertEquals("friends", state(asks(bobCalls, ann)));
    awaitState(annOnline, bob, "friends");
    awaitState(bobOnline, ann, "friends");
    awaitSeen(annOnline, bob, "online");
    awaitSeen(bobOnline, ann, "online");
    ChatClient again = cluster.online(ann, 2);
    awaitSeen(again, bob, "online");
    JsonObject list = annCalls.get("/v1/friends?state=friends").expect(200).json();
    assertEquals(1, list.getJsonArray("friends").size());
    assertEquals(bob, list.getJsonArray("friends").getJsonObject(0).getString("user"));
    assertEquals("none", state(bobCalls.delete("/v1/friends/" + ann)));
    awaitState(annOnline, bob, "none");
    awaitSeen(annOnline, bob, "offline");
    awaitSeen(bobOnline, ann, "offline");
  }

  @Test
  void aBlockHidesBothWaysAtOnceAndStopsWhatIsSaidBetweenTheTwo() throws Exception {
    ChatClient annOnline = cluster.online(ann, 0);
    ChatClient bobOnline = cluster.online(bob, 1);
    Rest annCalls = cluster.rest(0, ann);
    Rest bobCalls = cluster.rest(1, bob);
    Await.get(annOnline.send("@" + bob, "k1", "hi"));
    cluster.room("shared-" + run, ann, List.of(ann, bob));
    asks(annCalls, bob).expect(200);
    asks(bobCalls, ann).expect(200);
    Await.get(bobOnline.ask(op("watch").put("users", new JsonArray().add(ann))));
    awaitSeen(annOnline, bob, "online");
    assertEquals("blocked", state(blocks(annCalls, bob)));
    awaitState(bobOnline, ann, "none");
    awaitSeen(bobOnline, ann, "offline");
    awaitSeen(annOnline, bob, "offline");
    assertEquals("requested", state(asks(bobCalls, ann)), "as of anybody");
    String direct = Conversations.direct(ann, bob).toString();
    assertForbidden(bobOnline, direct, "b1");
    assertForbidden(annOnline, "@" + bob, "a1");
    bobCalls
        .post("/v1/conversations/" + direct + "/events", new JsonObject().put("body", "hi"))
        .expectProblem(403, "forbidden");
    bobCalls.get("/v1/conversations/" + direct + "/events").expect(200);
    assertEquals("incoming", state(annCalls.delete("/v1/friends/" + bob + "/block")));
    awaitState(annOnline, bob, "incoming");
    Await.get(bobOnline.send(direct, "b2", "better?"));
    Await.until("bob is seen again", () -> annSees(annOnline).equals("online"));
  }

  private String annSees(ChatClient client) throws Exception {
    JsonObject ok = Await.get(client.ask(op("watch").put("users", new JsonArray().add(bob))));
    return ok.getJsonArray("users").getJsonObject(0).getString("status");
  }

  private static void assertForbidden(ChatClient client, String conversation, String key) {
    ChatException refused =
        assertThrows(
            ChatException.class, () -> Await.get(client.send(conversation, key, "there?")));
    assertEquals("forbidden", refused.code());
  }

  @Test
  void whatCannotBeIsRefusedWithItsReason() throws Exception {
    Rest rest = cluster.rest(0, ann);
    cluster.known(List.of(ann, bob));
    asks(rest, ann).expectProblem(400, "bad_request");
    asks(rest, "nobody-" + run).expectProblem(404, "not_found");
    blocks(rest, "nobody-" + run).expectProblem(404, "not_found");
    rest.post("/v1/friends", new JsonObject()).expectProblem(400, "bad_request");
    rest.post("/v1/friends", new JsonObject().put("user", 7)).expectProblem(400, "bad_request");
    rest.get("/v1/friends?state=none").expectProblem(400, "bad_request");
    rest.get("/v1/friends?state=" + "x".repeat(1000)).expectProblem(400, "bad_request");
    rest.delete("/v1/friends/%00").expectProblem(400, "bad_request");
    blocks(rest, bob).expect(200);
    asks(rest, bob).expectProblem(403, "forbidden");
    new Rest(rest.node(), "").get("/v1/friends").expectProblem(401, "unauthenticated");
  }
}
