package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Rest;
import io.hubbub.system.client.Sse;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What administrators see and may do, over the whole cluster. */
@ClusterTest(own = true, settings = "--presence.grace=2s")
@Timeout(300)
class AdminTest {
  private final Cluster cluster;
  private final String run = UUID.randomUUID().toString().substring(0, 8);

  AdminTest(Cluster cluster) {
    this.cluster = cluster;
  }

  private Rest admin(int node) {
    return cluster.admin(node);
  }

  private static List<JsonObject> objects(Rest.Answer answer, String field) {
    return ChatClient.objects(answer.expect(200).json().getJsonArray(field));
  }

  /** All pages of a list. */
  private static List<JsonObject> pages(Rest rest, String path, String field) throws Exception {
    List<JsonObject> all = new ArrayList<>();
    String page = "";
    do {
      Rest.Answer answer = rest.get(path + page);
      all.addAll(objects(answer, field));
      if (!answer.json().getJsonArray("silent").isEmpty()) {
        return List.of(); // A busy node may miss a question; whoever waits looks again.
      }
      String next = answer.json().getString("page");
      page = next == null ? "" : "&page=" + next;
    } while (!page.isEmpty());
    return all;
  }

  private List<String> names(String name, int count) {
    return IntStream.range(0, count).mapToObj(i -> name + (100 + i) + "-" + run).toList();
  }

  private List<String> online(String prefix, String more) throws Exception {
    return pages(admin(0), "/v1/admin/presence?limit=7&prefix=" + prefix + more, "users").stream()
        .map(user -> user.getString("user"))
        .toList();
  }

  @Test
  void withoutTheClaimEveryCallIsRefusedWithNothingInTheBody() throws Exception {
    cluster.known(List.of("mallory"));
    Rest mallory = cluster.rest(0, "mallory");
    JsonObject paths = admin(0).get("/openapi.json").expect(200).json().getJsonObject("paths");
    int tried = 0;
    for (String path : paths.fieldNames()) {
      if (path.startsWith("/v1/admin/")) {
        String called = path.replaceAll("\\{\\w+}", "mallory");
        for (String method : paths.getJsonObject(path).fieldNames()) {
          Rest.Answer answer =
              mallory.send(
                  mallory
                      .request(called)
                      .method(method.toUpperCase(Locale.ROOT), BodyPublishers.noBody()));
          assertEquals(403, answer.status(), path);
          assertEquals("", answer.text(), path);
          tried++;
        }
      }
    }
    assertEquals(9, tried);
    new Rest(cluster.node(0).http(), "")
        .get("/v1/admin/nodes")
        .expectProblem(401, "unauthenticated");
  }

  @Test
  void whoIsOnlineIsListedOverTheWholeClusterPageByPage() throws Exception {
    List<String> users = names("page", 30);
    List<ChatClient> open = new ArrayList<>();
    for (int i = 0; i < users.size(); i++) {
      ChatClient client = cluster.client(users.get(i), i % 3).hello("device", "phone-" + i);
      Await.get(client.connect());
      open.add(client);
    }
    Await.get(open.get(3).ask(new JsonObject().put("op", "presence").put("status", "invisible")));
    Await.until("all are listed", () -> online("page", "").equals(users));
    Await.until(
        "the invisible one, too",
        () -> online("page", "&status=invisible").equals(List.of(users.get(3))));
    assertEquals(29, online("page", "&status=online").size());
    JsonObject seen = admin(1).get("/v1/admin/presence/" + users.get(4)).expect(200).json();
    assertEquals("online", seen.getString("status"));
    JsonObject session = seen.getJsonArray("sessions").getJsonObject(0);
    assertEquals(cluster.node(1).id(), session.getString("node"));
    assertEquals("phone-4", session.getString("device"));
    assertEquals("127.0.0.1", session.getString("address"));
    assertTrue(session.getBoolean("held"));
    assertTrue(session.getLong("heardMillis") < 10_000);
    assertTrue(session.getLong("sentBytes") > 0);
    assertTrue(System.currentTimeMillis() - session.getLong("since") < 120_000);
    Await.until(
        "all sessions are listed",
        () ->
            pages(admin(2), "/v1/admin/sessions?limit=4", "sessions").stream()
                .map(each -> each.getString("user"))
                .filter(user -> user.startsWith("page"))
                .toList()
                .equals(users));
    String node = cluster.node(2).id();
    String path = "/v1/admin/sessions?limit=4&node=" + node;
    Await.until("ten are there", () -> pages(admin(0), path, "sessions").size() >= 10);
    List<JsonObject> there = pages(admin(0), path, "sessions");
    there.forEach(each -> assertEquals(node, each.getString("node")));
    JsonObject nobody = admin(0).get("/v1/admin/presence/nobody-" + run).expect(200).json();
    assertEquals("offline", nobody.getString("status"));
    assertEquals(new JsonArray(), nobody.getJsonArray("sessions"));
  }

  @Test
  void aSessionIsEndedWithItsCodeOnWhicheverNodeAndItIsWrittenDown() throws Exception {
    String user = "ended-" + run;
    ChatClient client = cluster.client(user, 2).staysAway();
    JsonObject welcome = Await.get(client.connect());
    String id = welcome.getString("session");
    long begin = System.nanoTime();
    admin(0).delete("/v1/admin/sessions/" + id).expect(204);
    Await.until("closed", () -> closed(client) != null);
    long took = (System.nanoTime() - begin) / 1_000_000;
    System.out.printf("a session at another node was ended after %d ms%n", took);
    assertTrue(took < 1_000, () -> took + " ms");
    assertEquals(4411, Objects.requireNonNull(closed(client)).getInteger("code"));
    admin(1).delete("/v1/admin/sessions/" + id).expectProblem(404, "not_found");
    List<JsonObject> actions = objects(admin(1).get("/v1/admin/audit?limit=2"), "actions");
    for (JsonObject action : actions) {
      assertEquals("root", action.getString("by"));
      assertEquals("session.end", action.getString("action"));
      assertEquals(id, action.getString("target"));
      assertEquals("127.0.0.1", action.getString("address"));
    }
    Rest.Answer older =
        admin(0).get("/v1/admin/audit?limit=1&before=" + actions.get(0).getLong("number"));
    assertEquals(actions.get(1), objects(older, "actions").get(0));
  }

  private static @Nullable JsonObject closed(ChatClient client) {
    List<JsonObject> all = client.events("closed", "");
    return all.isEmpty() ? null : all.get(0);
  }

  @Test
  void aGhostOfANodeThatDoesNotAnswerIsShownAsOneAndExpired() throws Exception {
    String user = "ghost-" + run;
    String watching = "ghost-w-" + run;
    cluster.room("Ghosts", user, List.of(watching));
    ChatClient ghost = cluster.client(user, 1).staysAway();
    Await.get(ghost.connect());
    Await.until("it is seen", () -> online("ghost-" + run, "").equals(List.of(user)));
    String node = cluster.node(1).id();
    cluster.node(1).signal("STOP");
    try {
      JsonObject seen = admin(0).get("/v1/admin/presence/" + user).expect(200).json();
      boolean homeIsStopped = seen.getJsonArray("sessions").isEmpty();
      if (!homeIsStopped) {
        assertFalse(seen.getJsonArray("sessions").getJsonObject(0).getBoolean("held"));
        assertTrue(seen.getJsonArray("silent").contains(node));
      }
    } finally {
      cluster.node(1).signal("CONT");
    }
    Await.until("it is there again", () -> held(user));
    JsonObject ended = admin(2).delete("/v1/admin/presence/" + user).expect(200).json();
    assertEquals(1, ended.getJsonArray("ended").size(), ended::encode);
    Await.until("offline", () -> online("ghost-" + run, "").isEmpty());
    assertNotNull(closed(ghost));
  }

  private boolean held(String user) throws Exception {
    Rest.Answer answer = admin(0).get("/v1/admin/presence/" + user);
    JsonArray sessions =
        answer.status() == 200 ? answer.json().getJsonArray("sessions") : new JsonArray();
    return !sessions.isEmpty() && sessions.getJsonObject(0).getBoolean("held");
  }

  @Test
  void nodesAreListedAndOneIsDrainedWithoutBeingEnded() throws Exception {
    List<ChatClient> open = new ArrayList<>();
    for (String user : names("drain", 10)) {
      open.add(cluster.online(user, 1));
    }
    List<JsonObject> nodes = objects(admin(0).get("/v1/admin/nodes"), "nodes");
    assertEquals(3, nodes.size());
    int slots = 0;
    for (JsonObject node : nodes) {
      assertTrue(node.getBoolean("answers") && node.getBoolean("inView"), node::encode);
      slots += node.getJsonObject("slots").getInteger("presence");
      assertTrue(node.getJsonObject("figures").getLong("heapUsedBytes") > 0);
      assertEquals(new JsonObject(), node.getJsonObject("problems"));
    }
    assertEquals(256, slots);
    String id = cluster.node(1).id();
    Await.until("its sessions are counted", () -> figure(id, "sessions") >= 10);
    admin(2).post("/v1/admin/nodes/" + id + "/drain", new JsonObject()).expect(202);
    Await.until("all have moved", () -> figure(id, "sessions") == 0);
    Await.until("all are back", () -> open.stream().allMatch(ChatClient::online));
    JsonObject drained = node(id);
    assertTrue(drained.getBoolean("draining"));
    assertEquals(0, drained.getJsonObject("slots").getInteger("history"));
    assertEquals("draining", drained.getJsonObject("problems").getString("drain"));
    assertEquals(503, cluster.node(1).status("/health/ready"));
    assertTrue(cluster.node(1).alive());
    cluster.node(1).terminate();
    assertEquals(0, cluster.node(1).exitCode(Duration.ofSeconds(20)));
    cluster.restart(1);
    Await.until(
        "it is there again", () -> objects(admin(0).get("/v1/admin/nodes"), "nodes").size() == 3);
  }

  private JsonObject node(String id) throws Exception {
    return objects(admin(0).get("/v1/admin/nodes"), "nodes").stream()
        .filter(node -> id.equals(node.getString("id")))
        .findFirst()
        .orElseThrow();
  }

  private long figure(String node, String name) throws Exception {
    JsonObject figures = node(node).getJsonObject("figures");
    return figures == null ? -1 : figures.getLong(name);
  }

  @Test
  void theStreamTellsWhoComesAndGoesAndHowManyThereAre() throws Exception {
    String user = "stream-" + run;
    try (Sse stream = Sse.open(admin(0), "/v1/admin/presence/stream", null)) {
      Await.until("counts", () -> !stream.told("counts").isEmpty());
      ChatClient client = cluster.online(user, 2);
      Await.until("told", () -> "online".equals(stream.newest("presence", "user", user, "status")));
      Await.until("counted", () -> newestCount(stream) > 0);
      assertEquals(new JsonArray(), newest(stream).getJsonArray("silent"));
      client.close();
      Await.until(
          "gone", () -> "offline".equals(stream.newest("presence", "user", user, "status")));
    }
  }

  private static JsonObject newest(Sse stream) {
    List<JsonObject> all = stream.told("counts");
    return all.get(all.size() - 1);
  }

  private static long newestCount(Sse stream) {
    return newest(stream).getLong("online");
  }

  @Test
  void badInputIsRefusedWithAClearError() throws Exception {
    Rest admin = admin(0);
    admin.get("/v1/admin/presence?status=sleepy").expectProblem(400, "bad_request");
    admin.get("/v1/admin/presence?status=offline").expectProblem(400, "bad_request");
    admin.get("/v1/admin/presence?limit=0").expectProblem(400, "bad_request");
    admin.get("/v1/admin/presence?limit=x").expectProblem(400, "bad_request");
    admin.get("/v1/admin/presence?page=%FF%FE").expectProblem(400, "bad_request");
    admin.get("/v1/admin/presence?page=" + "A".repeat(3_000)).expectProblem(400, "bad_request");
    admin.get("/v1/admin/presence?prefix=%00").expectProblem(400, "bad_request");
    admin.get("/v1/admin/sessions?node=nowhere").expectProblem(404, "not_found");
    admin.get("/v1/admin/audit?before=0").expectProblem(400, "bad_request");
    admin.delete("/v1/admin/sessions/" + "x".repeat(300)).expectProblem(400, "bad_request");
    admin.delete("/v1/admin/sessions/nothing").expectProblem(404, "not_found");
    admin.post("/v1/admin/nodes/nowhere/drain", new JsonObject()).expectProblem(404, "not_found");
    admin.get("/v1/admin/presence/" + "x".repeat(200)).expectProblem(400, "bad_request");
    assertEquals(0, objects(admin.get("/v1/admin/sessions?user=nobody-" + run), "sessions").size());
    admin.get("/v1/admin/presence?limit=1000000").expect(200);
  }
}
