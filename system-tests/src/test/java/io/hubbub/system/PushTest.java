package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Rest;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.hubbub.system.harness.NodeProcess;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example service in a process of its own pushes what is unread to those who are away. */
@ClusterTest
@Timeout(60)
class PushTest {
  private static final int AFTER_SECONDS = 2;
  private static final String ABSENT = "push-absent";
  private static final String ONLINE = "push-online";
  private static final String HIDDEN = "push-hidden";
  private static final String BROKEN = "push-broken";
  private static final String GONE = "push-gone";
  private static final List<String> USERS = List.of(ABSENT, ONLINE, HIDDEN, BROKEN, GONE);

  private final Cluster cluster;
  private final Vertx vertx = Vertx.vertx();
  private final List<JsonObject> pushes = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Integer> statuses = new ConcurrentHashMap<>();

  PushTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @AfterEach
  void close() throws Exception {
    Await.get(vertx.close().toCompletionStage().toCompletableFuture());
  }

  @Test
  void whoIsAwayIsToldOnceOfWhatStaysUnread(@TempDir Path dir) throws Exception {
    cluster.known(USERS);
    cluster.online(ONLINE, 0);
    ChatClient hidden = cluster.online(HIDDEN, 1);
    Await.get(hidden.ask(new JsonObject().put("op", "presence").put("status", "invisible")));
    statuses.put(BROKEN, 503);
    statuses.put(GONE, 410);
    try (NodeProcess service = service(dir)) {
      service.await("watching", () -> service.said("Pushes to 5 users") == 1);
      long began = System.currentTimeMillis();
      say(ABSENT);
      say(ONLINE);
      say(BROKEN);
      say(GONE);
      read(hidden, say(HIDDEN));
      service.await("pushing", () -> of(BROKEN).size() == 2);
      service.await("told that nothing is wanted", () -> service.said("Nothing more goes") == 1);
      assertEquals(1, of(ABSENT).size());
      JsonObject push = of(ABSENT).get(0);
      assertEquals(ABSENT, push.getString("user"));
      assertTrue(push.getLong("heard") - began >= 1_000 * AFTER_SECONDS, push::encode);
      assertEquals(1, push.getInteger("unread"));
      assertEquals("push-sender", push.getString("from"));
      assertTrue(Math.abs(push.getLong("at") - began) < 5_000, push::encode);

      // The last one is due last: when it is told, nothing that came before will be.
      say(ABSENT);
      say(ONLINE);
      say(BROKEN);
      say(GONE);
      String conversation = say(HIDDEN);
      service.await("pushing again", () -> of(HIDDEN).size() > 0);
      assertEquals(1, of(HIDDEN).get(0).getInteger("unread"), "the first was read in time");
      assertEquals(conversation, of(HIDDEN).get(0).getString("conversation"));
      assertEquals(1, of(HIDDEN).size());
      assertEquals(1, of(ABSENT).size());
      assertEquals(2, of(BROKEN).size(), "refused with 503, and then taken");
      assertEquals(1, of(GONE).size(), "refused with 410");
      assertEquals(List.of(), of(ONLINE));
    }
  }

  /** What a user's webhook has heard. */
  private List<JsonObject> of(String user) {
    synchronized (pushes) {
      return pushes.stream().filter(push -> user.equals(push.getString("hook"))).toList();
    }
  }

  private NodeProcess service(Path dir) throws Exception {
    HttpServer server =
        Await.get(
            vertx
                .createHttpServer()
                .requestHandler(this::hear)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture());
    JsonObject hooks = new JsonObject();
    String base = "http://127.0.0.1:" + server.actualPort() + "/";
    USERS.forEach(user -> hooks.put(user, base + user));
    Path file = Files.writeString(dir.resolve("webhooks.json"), hooks.encode());
    List<String> arguments = new ArrayList<>(cluster.membership(0));
    arguments.addAll(List.of("--webhooks=" + file, "--after=" + AFTER_SECONDS));
    return NodeProcess.start("push", "io.hubbub.examples.push.PushService", arguments);
  }

  private void hear(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              String hook = request.path().substring(1);
              long now = System.currentTimeMillis();
              pushes.add(body.toJsonObject().put("hook", hook).put("heard", now));
              Integer status = statuses.remove(hook);
              request.response().setStatusCode(status == null ? 204 : status).end();
            });
  }

  /** Says something to a user alone; the conversation. */
  private String say(String to) throws Exception {
    Rest sender = cluster.rest(2, "push-sender");
    JsonObject direct = new JsonObject().put("user", to);
    String conversation = sender.post("/v1/direct", direct).json().getString("id");
    sender
        .post(
            "/v1/conversations/" + conversation + "/events",
            new JsonObject().put("body", "Are you there?"))
        .expect(201);
    return conversation;
  }

  private static void read(ChatClient reader, String conversation) throws Exception {
    Await.get(
        reader.ask(
            new JsonObject()
                .put("op", "read")
                .put("conversation", conversation)
                .put("seq", Long.MAX_VALUE)));
  }
}
