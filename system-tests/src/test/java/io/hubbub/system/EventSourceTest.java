package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Browser;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The browser's own {@code EventSource} in a real Chromium, driven by {@code
 * browser/notifications.mjs}: it listens at one node, and everything happens at the other.
 */
@ClusterTest(own = true, nodes = 2)
@Tag("slow")
@Timeout(300)
class EventSourceTest {
  private final Cluster cluster;
  private @Nullable ChatClient bob;

  EventSourceTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @BeforeAll
  static void prepare() throws Exception {
    Browser.prepare();
  }

  @Test
  void itHearsOfAFriendSurvivesARestartAndMissesNothingDurable() throws Exception {
    cluster.known(List.of("sse-ann", "sse-bob", "sse-cid"));
    befriend("sse-ann", "sse-bob");
    befriend("sse-bob", "sse-ann");
    System.out.print(
        Browser.play("notifications.mjs", cluster.node(0), this::help, cluster.token("sse-ann")));
  }

  private void befriend(String one, String other) throws Exception {
    cluster.rest(1, one).post("/v1/friends", new JsonObject().put("user", other)).expect(200);
  }

  private void help(String asked) throws Exception {
    switch (asked) {
      case "COME" -> bob = cluster.client("sse-bob", 1).staysAway();
      case "STOP" -> {
        cluster.node(0).terminate();
        assertEquals(0, cluster.node(0).exitCode(Duration.ofSeconds(30)));
        befriend("sse-cid", "sse-ann");
      }
      default -> cluster.restart(0);
    }
    ChatClient client = bob;
    if (client != null && asked.equals("COME")) {
      Await.get(client.connect());
    } else if (client != null && asked.equals("STOP")) {
      Await.get(client.send("@sse-ann", "k1", "while you were away, @sse-ann"));
    }
  }
}
