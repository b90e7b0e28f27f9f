package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.ChatException;
import io.hubbub.system.client.Rest;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Users in small rooms, and watchers who share a room with each of them: what administrators and
 * every watcher see is compared with the sockets that are open.
 */
final class PresenceViews {
  private static final int ROOM = 50;
  private static final int AT_ONCE = 200;

  private final Cluster cluster;
  private final String name;
  private final List<String> users;
  private final Map<String, ChatClient> open = new HashMap<>();
  private final List<ChatClient> watchers = new ArrayList<>();

  PresenceViews(Cluster cluster, String name, int count) {
    this.cluster = cluster;
    this.name = name;
    this.users = IntStream.range(0, count).mapToObj(i -> name + "-u" + (10_000 + i)).toList();
  }

  List<String> users() {
    return users;
  }

  /** Makes the rooms, and watchers at these nodes, who see nobody yet. */
  void begin(List<Integer> nodes) throws Exception {
    List<String> names = nodes.stream().map(node -> name + "-w" + node).toList();
    for (int from = 0; from < users.size(); from += ROOM) {
      List<String> members =
          new ArrayList<>(users.subList(from, Math.min(users.size(), from + ROOM)));
      members.addAll(names);
      cluster.room(name + from, members.get(0), members);
    }
    for (int i = 0; i < nodes.size(); i++) {
      watchers.add(cluster.online(names.get(i), nodes.get(i)));
    }
  }

  /** Opens users' sockets at a node, many at a time. */
  void come(List<String> those, int node, boolean comeBack) throws Exception {
    for (int from = 0; from < those.size(); from += AT_ONCE) {
      List<ChatClient> some = new ArrayList<>();
      for (String user : those.subList(from, Math.min(those.size(), from + AT_ONCE))) {
        ChatClient client = cluster.client(user, node);
        some.add(comeBack ? client : client.staysAway());
        open.put(user, client);
      }
      var all = some.stream().map(ChatClient::connect).toList();
      for (var each : all) {
        Await.get(each);
      }
    }
  }

  void go(List<String> those) {
    for (String user : those) {
      ChatClient client = open.remove(user);
      if (client != null) {
        client.close();
      }
    }
  }

  ChatClient client(String user) {
    ChatClient client = open.get(user);
    if (client == null) {
      throw new IllegalArgumentException(user);
    }
    return client;
  }

  /** Whose sockets are open. */
  Set<String> sockets() {
    Set<String> there = new TreeSet<>();
    open.forEach(
        (user, client) -> {
          if (client.online()) {
            there.add(user);
          }
        });
    return there;
  }

  /** Whom administrators see, asked at a node. */
  Set<String> listed(int node) throws Exception {
    Rest admin = cluster.admin(node);
    Set<String> found = new TreeSet<>();
    String page = "";
    do {
      JsonObject answer =
          admin.get("/v1/admin/presence?limit=1000&prefix=" + name + "-u" + page).json();
      ChatClient.objects(answer.getJsonArray("users"))
          .forEach(user -> found.add(user.getString("user")));
      String next = answer.getString("page");
      page = next == null ? "" : "&page=" + next;
    } while (!page.isEmpty());
    return found;
  }

  /** Whom a watcher sees online; whoever it watched before is watched no more. */
  private Set<String> seen(ChatClient watcher) throws Exception {
    Set<String> found = new TreeSet<>();
    for (int from = 0; from < users.size(); from += 500) {
      List<String> some = users.subList(from, Math.min(users.size(), from + 500));
      JsonObject watch =
          new JsonObject().put("op", "watch").put("users", new JsonArray(new ArrayList<>(some)));
      ChatClient.objects(Await.get(watcher.ask(watch)).getJsonArray("users")).stream()
          .filter(one -> !one.getString("status").equals("offline"))
          .forEach(one -> found.add(one.getString("user")));
    }
    return found;
  }

  /** Waits until all are the same set as the open sockets; how long that took. */
  long awaitSame(long since, Duration most, List<Integer> admins) throws Exception {
    Await.until("all see the open sockets", Duration.ofSeconds(60), () -> same(admins));
    long took = (System.nanoTime() - since) / 1_000_000;
    for (ChatClient watcher : watchers) {
      assertEquals(sockets(), seen(watcher));
    }
    for (int node : admins) {
      assertEquals(sockets(), listed(node));
    }
    if (took > most.toMillis()) {
      throw new AssertionError("all were right after " + took + " ms only");
    }
    return took;
  }

  private boolean same(List<Integer> admins) throws Exception {
    try {
      return looked(admins);
    } catch (ChatException notYet) {
      return false; // A home that is new may not know for some seconds.
    }
  }

  private boolean looked(List<Integer> admins) throws Exception {
    Set<String> there = sockets();
    for (int node : admins) {
      if (!listed(node).equals(there)) {
        return false;
      }
    }
    for (ChatClient watcher : watchers) {
      if (!seen(watcher).equals(there)) {
        return false;
      }
    }
    return true;
  }
}
