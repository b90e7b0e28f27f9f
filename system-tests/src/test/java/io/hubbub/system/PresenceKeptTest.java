package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Idle sessions make a user away; what a user chose and when it was seen outlive all nodes. */
@ClusterTest(
    own = true,
    nodes = 1,
    settings = {"--presence.grace=1s", "--presence.idle=3s"})
@Timeout(120)
class PresenceKeptTest {
  private final Cluster cluster;

  PresenceKeptTest(Cluster cluster) {
    this.cluster = cluster;
  }

  private static JsonObject look(ChatClient client, String user) throws Exception {
    JsonObject watch = new JsonObject().put("op", "watch").put("users", new JsonArray().add(user));
    return Await.get(client.ask(watch)).getJsonArray("users").getJsonObject(0);
  }

  private static boolean is(ChatClient client, String user, String status) throws Exception {
    return look(client, user).getString("status").equals(status);
  }

  private static void ask(ChatClient client, String op) throws Exception {
    Await.get(client.ask(new JsonObject().put("op", op)));
  }

  @Test
  void aUserIsAwayWhenAllSessionsAreIdleAndBackWithTheNextCommand() throws Exception {
    cluster.room("Idle", "idle-user", List.of("idle-w"));
    ChatClient user = cluster.online("idle-user", 0);
    ChatClient tab = cluster.online("idle-user", 0);
    ChatClient watcher = cluster.online("idle-w", 0);
    assertTrue(is(watcher, "idle-user", "online"));
    long until = System.nanoTime() + Duration.ofSeconds(6).toNanos();
    Await.until(
        "one tab is in use, the other only pings",
        () -> {
          ask(user, "conversations");
          ask(tab, "ping");
          return System.nanoTime() > until;
        });
    assertTrue(is(watcher, "idle-user", "online"));
    Await.until(
        "away",
        () -> {
          ask(tab, "ping");
          return is(watcher, "idle-user", "away");
        });
    ask(tab, "conversations");
    Await.until("back", () -> is(watcher, "idle-user", "online"));
  }

  @Test
  void whatWasChosenAndWhenItWasSeenSurviveARestartOfEverything() throws Exception {
    cluster.room("Kept", "kept-busy", List.of("kept-seen", "kept-w"));
    ChatClient busy = cluster.online("kept-busy", 0);
    ChatClient seen = cluster.online("kept-seen", 0);
    Await.get(busy.ask(new JsonObject().put("op", "presence").put("status", "busy")));
    ChatClient watcher = cluster.online("kept-w", 0);
    Await.until("busy", () -> is(watcher, "kept-busy", "busy"));
    assertTrue(is(watcher, "kept-seen", "online"));
    long before = System.currentTimeMillis();
    seen.close();
    busy.close();
    watcher.close();
    cluster.node(0).terminate();
    cluster.node(0).exitCode(Duration.ofSeconds(30));
    cluster.restart(0);
    ChatClient later = cluster.online("kept-w", 0);
    JsonObject gone = look(later, "kept-seen");
    assertEquals("offline", gone.getString("status"));
    long lastSeen = gone.getLong("lastSeen");
    assertTrue(Math.abs(lastSeen - before) < 5_000, () -> lastSeen + " and not " + before);
    cluster.online("kept-busy", 0);
    Await.until("still busy", () -> is(later, "kept-busy", "busy"));
  }
}
