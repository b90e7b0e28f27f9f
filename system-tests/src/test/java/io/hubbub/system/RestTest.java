package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Rest;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Accounts, rooms and history over REST. */
@ClusterTest
@Timeout(60)
class RestTest {
  private final Cluster cluster;

  RestTest(Cluster cluster) {
    this.cluster = cluster;
  }

  private Rest anonymous(int node) {
    return new Rest(cluster.node(node).http(), "");
  }

  private static JsonObject account(String name) {
    return new JsonObject().put("name", name).put("password", "correct horse battery");
  }

  @Test
  void peopleSignUpLogInTalkAndLogOutThroughDifferentNodes() throws Exception {
    anonymous(0).post("/v1/users", account("rest-Ada")).expect(201);
    anonymous(1).post("/v1/users", account("rest-ada")).expectProblem(409, "conflict");
    JsonObject wrong = account("rest-Ada").put("password", "not this one");
    anonymous(1).post("/v1/login", wrong).expectProblem(401, "unauthenticated");
    JsonObject login = anonymous(2).post("/v1/login", account("rest-Ada")).expect(200).json();
    List<URI> nodes = List.of(cluster.node(1).http());
    ChatClient client = new ChatClient("rest-Ada", login.getString("token"), nodes).staysAway();
    assertEquals("rest-Ada", Await.get(client.connect()).getString("user"));
    Rest rest = new Rest(cluster.node(0).http(), login.getString("token"));
    String room = rest.room("Ada's", List.of());
    JsonObject said =
        rest.post("/v1/conversations/" + room + "/events", new JsonObject().put("body", "by REST"))
            .json();
    Await.until("on the socket", () -> client.tail(room) == said.getLong("seq"));
    assertEquals("by REST", client.events("message", room).get(0).getString("body"));
    assertEquals(
        2, rest.send(rest.request("/v1/logout").POST(BodyPublishers.noBody())).status() / 100);
    Await.until("the session has ended", () -> !client.online());
    JsonObject closed = client.events("closed", room).get(0);
    assertEquals(4401, closed.getInteger("code"), closed.encode());
    Await.until(
        "the token is refused everywhere",
        () ->
            new Rest(cluster.node(2).http(), login.getString("token"))
                    .get("/v1/conversations")
                    .status()
                == 401);
  }

  @Test
  void aRefreshTokenWorksOnceAndARepeatSoonAfterIsTolerated() throws Exception {
    anonymous(0).post("/v1/users", account("rest-Bob")).expect(201);
    JsonObject login = anonymous(0).post("/v1/login", account("rest-Bob")).expect(200).json();
    JsonObject refresh = new JsonObject().put("refresh", login.getString("refresh"));
    JsonObject second = anonymous(1).post("/v1/token", refresh).expect(200).json();
    assertNotEquals(login.getString("refresh"), second.getString("refresh"));
    anonymous(2).post("/v1/token", refresh).expect(200);
    new Rest(cluster.node(0).http(), second.getString("token"))
        .get("/v1/conversations")
        .expect(200);
    JsonObject invented = new JsonObject().put("refresh", "bm90LWEtdG9rZW4");
    anonymous(0).post("/v1/token", invented).expectProblem(401, "token_revoked");
  }

  @Test
  void ownersRenameAppointAndRemoveAndMembersDont() throws Exception {
    String room = cluster.room("Before", "rest-owner", List.of("rest-member", "rest-other"));
    Rest owner = cluster.rest(0, "rest-owner");
    Rest member = cluster.rest(1, "rest-member");
    String path = "/v1/rooms/" + room;
    JsonObject after = new JsonObject().put("name", "After");
    member.call("PATCH", path, after).expectProblem(403, "forbidden");
    member.delete(path + "/members/rest-other").expectProblem(403, "forbidden");
    JsonObject role = new JsonObject().put("role", "owner");
    member.call("PUT", path + "/members/rest-member", role).expectProblem(403, "forbidden");
    assertEquals(2, owner.call("PUT", path + "/members/rest-member", role).status() / 100);
    assertEquals(2, member.call("PATCH", path, after).status() / 100);
    assertEquals(2, member.delete(path + "/members/rest-other").status() / 100);
    JsonArray members = owner.get(path + "/members").expect(200).json().getJsonArray("members");
    assertEquals(2, members.size());
    JsonObject page =
        member.get("/v1/conversations/" + room + "/events?after=0&limit=10").expect(200).json();
    assertEquals(
        List.of("created", "role", "renamed", "left"),
        ChatClient.objects(page.getJsonArray("events")).stream()
            .map(event -> event.getString("ev"))
            .toList());
  }

  @Test
  void historyIsPagedBothWaysAndLimitsAreHeld() throws Exception {
    String room = cluster.room("Pages", "rest-pages", List.of());
    ChatClient client = cluster.online("rest-pages", 0);
    for (int i = 0; i < 250; i++) {
      client.send(room, "m" + i, "message " + i);
    }
    Await.until("all are said", () -> client.tail(room) == 251);
    Rest rest = cluster.rest(2, "rest-pages");
    String events = "/v1/conversations/" + room + "/events";
    JsonObject newest = rest.get(events + "?limit=10").expect(200).json();
    assertEquals(List.of(242L, 251L), ends(newest));
    assertEquals(List.of(232L, 241L), ends(rest.get(events + "?before=242&limit=10").json()));
    assertEquals(List.of(6L, 15L), ends(rest.get(events + "?after=5&limit=10").json()));
    JsonObject all = rest.get(events + "?after=0&limit=1000000").expect(200).json();
    assertEquals(List.of(1L, 200L), ends(all));
    assertEquals(true, all.getBoolean("more"));
    rest.get(events + "?limit=-1").expectProblem(400, "bad_request");
    rest.get(events + "?limit=many").expectProblem(400, "bad_request");
    rest.get(events + "?before=1&after=1").expectProblem(400, "bad_request");
    Rest.Answer packed =
        rest.send(
            rest.request(events + "?after=0&limit=200").header("Accept-Encoding", "gzip").GET());
    assertEquals("gzip", packed.response().headers().firstValue("Content-Encoding").orElse(""));
  }

  private static List<Long> ends(JsonObject page) {
    List<JsonObject> events = ChatClient.objects(page.getJsonArray("events"));
    return List.of(events.get(0).getLong("seq"), events.get(events.size() - 1).getLong("seq"));
  }

  @Test
  void badRequestsGetProblemDocuments() throws Exception {
    Rest rest = cluster.rest(0, "rest-bad");
    rest.send(rest.request("/v1/rooms").POST(BodyPublishers.ofString("{\"name\":")))
        .expectProblem(400, "bad_request");
    rest.send(rest.request("/v1/rooms").POST(BodyPublishers.ofString("[]")))
        .expectProblem(400, "bad_request");
    rest.send(
            rest.request("/v1/rooms")
                .setHeader("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("hello")))
        .expectProblem(415, "bad_request");
    rest.post("/v1/rooms", new JsonObject().put("name", 5)).expectProblem(400, "bad_request");
    rest.post("/v1/rooms", new JsonObject().put("name", "x".repeat(500_000)))
        .expectProblem(413, "too_large");
    rest.delete("/v1/status").expectProblem(405, "bad_request");
    rest.get("/v1/nothing").expectProblem(404, "not_found");
    rest.post("/v1/direct", new JsonObject().put("user", "rest-nobody"))
        .expectProblem(404, "not_found");
    anonymous(0).get("/v1/conversations").expectProblem(401, "unauthenticated");
    String other = cluster.room("Not yours", "rest-owner-2", List.of());
    rest.get("/v1/conversations/" + other + "/events").expectProblem(403, "not_a_member");
    String none = "0197a000-0000-7000-8000-000000000000";
    rest.get("/v1/conversations/" + none + "/events").expectProblem(403, "not_a_member");
  }

  @Test
  void theDocumentsAndTheStatusNeedNoLogin() throws Exception {
    assertTrue(anonymous(0).get("/openapi.json").expect(200).json().containsKey("paths"));
    assertTrue(anonymous(1).get("/asyncapi.json").expect(200).json().containsKey("channels"));
    anonymous(2).get("/v1/status").expect(200);
    Rest.Answer page = anonymous(0).get("/").expect(200);
    assertTrue(page.type().startsWith("text/html"), page.type());
  }
}
