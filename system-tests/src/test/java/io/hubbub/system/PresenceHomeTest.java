package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.hubbub.system.harness.NodeProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A home of users is killed or stands still: nobody is told a change that was none; promise 5. */
@ClusterTest(own = true, settings = "--presence.grace=3s")
@Tag("slow")
@Timeout(300)
class PresenceHomeTest {
  private static final Duration RIGHT = Duration.ofSeconds(10);
  private static final int USERS = 60;

  /** This node is a home of users and nothing else. */
  private static final int HOME = 2;

  private final Cluster cluster;

  PresenceHomeTest(Cluster cluster) {
    this.cluster = cluster;
  }

  private final Map<String, ChatClient> open = new HashMap<>();
  private final List<String> users = new ArrayList<>();
  private final List<ChatClient> watchers = new ArrayList<>();

  private void begin(String name) throws Exception {
    cluster.node(HOME).kill();
    cluster.environment(HOME, Map.of("HUBBUB_ROLES", "presence"));
    cluster.restart(HOME);
    IntStream.range(0, USERS).forEach(i -> users.add(name + "-" + i));
    List<String> members = new ArrayList<>(users);
    members.addAll(List.of(name + "-w0", name + "-w1"));
    cluster.room(name, users.get(0), members);
    for (int i = 0; i < USERS; i++) {
      open.put(users.get(i), cluster.online(users.get(i), i % 2));
    }
    for (int i = 0; i < 2; i++) {
      ChatClient watcher = cluster.online(name + "-w" + i, i);
      watchers.add(watcher);
      Await.until(
          "all are seen", () -> watch(watcher, users).values().stream().allMatch("online"::equals));
    }
    // The others may see it as one that comes for some time yet.
    Await.until("it is home of some", () -> cluster.node(HOME).metric("hubbub_presence_users") > 5);
  }

  private static Map<String, String> watch(ChatClient client, List<String> users) throws Exception {
    JsonObject watch = new JsonObject().put("op", "watch").put("users", new JsonArray(users));
    Map<String, String> seen = new HashMap<>();
    ChatClient.objects(Await.get(client.ask(watch)).getJsonArray("users"))
        .forEach(one -> seen.put(one.getString("user"), one.getString("status")));
    return seen;
  }

  private static List<String> told(ChatClient client, String user) {
    return client.events("presence", "").stream()
        .filter(event -> user.equals(event.getString("user")))
        .map(event -> event.getString("status"))
        .toList();
  }

  private static List<String> all(ChatClient client, String user) {
    return client.events("presence", "").stream()
        .filter(event -> user.equals(event.getString("user")))
        .map(JsonObject::encode)
        .toList();
  }

  /** One in three goes, the others stay; all watchers see just that, and were told nothing else. */
  private void judge(long since) throws Exception {
    List<String> gone = IntStream.range(0, USERS / 3).mapToObj(i -> users.get(3 * i)).toList();
    for (ChatClient watcher : watchers) {
      Await.until(
          "who has gone is offline",
          () -> gone.stream().noneMatch(user -> told(watcher, user).isEmpty()));
    }
    System.out.printf("right after %d ms%n", (System.nanoTime() - since) / 1_000_000);
    assertTrue(System.nanoTime() - since < RIGHT.toNanos());
    Map<String, String> truth = new HashMap<>();
    users.forEach(user -> truth.put(user, gone.contains(user) ? "offline" : "online"));
    for (ChatClient watcher : watchers) {
      for (String user : users) {
        List<String> should = gone.contains(user) ? List.of("offline") : List.of();
        assertEquals(should, told(watcher, user), () -> user + ": " + all(watcher, user));
      }
      assertEquals(truth, watch(watcher, users));
    }
  }

  private void closeOneInThree() {
    for (int i = 0; i < USERS; i += 3) {
      ChatClient client = open.get(users.get(i));
      if (client != null) {
        client.close();
      }
    }
  }

  @Test
  void aKilledHomeIsReplacedWithoutAFalseChange() throws Exception {
    begin("killed-home");
    closeOneInThree();
    long killed = System.nanoTime();
    cluster.node(HOME).kill();
    judge(killed);
    cluster.restart(HOME);
    for (ChatClient watcher : watchers) {
      Map<String, String> before = watch(watcher, users);
      Await.until("the home is back", () -> cluster.node(HOME).metric("hubbub_presence_users") > 0);
      assertEquals(before, watch(watcher, users));
    }
  }

  @Test
  void aHomeThatStandsStillIsReplacedAndComesBackWithoutAFalseChange() throws Exception {
    begin("still-home");
    String gone = "Node " + cluster.node(HOME).id() + " is gone";
    cluster.node(HOME).signal("STOP");
    try {
      for (int i = 0; i < 2; i++) {
        NodeProcess other = cluster.node(i);
        other.await("rid of it", () -> other.said(gone) > 0);
      }
      closeOneInThree();
      judge(System.nanoTime());
    } finally {
      cluster.node(HOME).signal("CONT");
    }
    Await.until("it is back", () -> cluster.node(HOME).metric("hubbub_presence_users") > 0);
    long until = System.nanoTime() + Duration.ofSeconds(12).toNanos();
    Await.until("it had time to say something wrong", () -> System.nanoTime() > until);
    judge(System.nanoTime());
  }
}
