package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Jwt;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Browser;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The page at {@code /admin} in a real Chromium, driven by {@code browser/dashboard.mjs}, which
 * leaves pictures of it in {@code target/dashboard}.
 */
@ClusterTest(
    own = true,
    nodes = 2,
    settings = {"--presence.grace=3s", "--auth.leeway=0s", "--auth.token.lifetime=20s"})
@Tag("slow")
@Timeout(300)
class DashboardTest {
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final int ENDED = 4411;
  private static final int MESSAGES = 250;
  private static final int LETTERS = 60_000;

  private final Cluster cluster;
  private final Map<String, ChatClient> online = new HashMap<>();

  DashboardTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @BeforeAll
  static void prepare() throws Exception {
    Browser.prepare();
  }

  @Test
  void onlyAdministratorsSeeTheClusterAsItIsAndEndSessionsAndDrainNodes() throws Exception {
    Path pictures = Files.createDirectories(Path.of("target/dashboard")).toAbsolutePath();
    System.out.print(
        Browser.play(
            "dashboard.mjs",
            cluster.node(0),
            this::help,
            token("dash-root", 3_600, true),
            token("dash-brief", 60, true),
            token("dash-nobody", 3_600, false),
            pictures.toString()));
  }

  private void help(String asked) throws Exception {
    String[] words = asked.split(" ", 2);
    String whom = words[words.length - 1];
    switch (words[0]) {
      case "ONLINE" -> comeOnline(whom);
      case "SLOW" -> readNothing(whom);
      case "CLOSED" -> wasEnded(whom);
      case "PROMOTE" -> promote(whom);
      case "STOP" -> stop(number(whom));
      default -> cluster.restart(number(whom));
    }
  }

  private static String token(String user, long seconds, boolean admin) {
    JsonObject claims = new JsonObject().put("sub", user).put("exp", Jwt.inSeconds(seconds));
    return Jwt.hs256(Cluster.SECRET, admin ? claims.put("admin", true) : claims);
  }

  private void comeOnline(String user) throws Exception {
    ChatClient client = cluster.client(user, 1).hello("device", "phone").staysAway();
    Await.get(client.connect());
    online.put(user, client);
  }

  private ChatClient client(String user) {
    return Objects.requireNonNull(online.get(user), user);
  }

  /** Has a user whose client reads nothing, though much is said. */
  private void readNothing(String user) throws Exception {
    String room = cluster.room("Loud", "dash-loud", List.of(user));
    ChatClient loud = cluster.online("dash-loud", 0);
    comeOnline(user);
    client(user).stopReading();
    for (int i = 0; i < MESSAGES; i++) {
      Await.get(loud.send(room, "m" + i, "x".repeat(LETTERS)));
    }
  }

  private void wasEnded(String user) throws Exception {
    List<JsonObject> closed = new ArrayList<>();
    Await.until(user + " was closed", () -> closed.addAll(client(user).events("closed", "")));
    assertEquals(ENDED, closed.get(0).getInteger("code"));
  }

  private void promote(String name) throws Exception {
    cluster.sql("UPDATE account SET admin = true WHERE name = '" + name + "'");
  }

  /** The number of a node named {@code n1}, {@code n2}. */
  private static int number(String name) {
    return Integer.parseInt(name.substring(1)) - 1;
  }

  private void stop(int node) throws Exception {
    cluster.node(node).terminate();
    assertEquals(0, cluster.node(node).exitCode(GRACE));
  }
}
