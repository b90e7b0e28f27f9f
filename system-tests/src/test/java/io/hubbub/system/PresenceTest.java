package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.bus.Addresses;
import io.hubbub.api.client.HubbubClient;
import io.hubbub.api.presence.Presence;
import io.hubbub.api.presence.Status;
import io.hubbub.api.query.ListOnline;
import io.hubbub.api.query.Online;
import io.hubbub.api.query.OnlineSession;
import io.hubbub.api.query.OnlineUser;
import io.hubbub.api.query.Query;
import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.ChatClient.Heard;
import io.hubbub.system.client.ChatException;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.BusMember;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is online is told at once, never flickers, and leaves no ghosts; promise 5. */
@ClusterTest(own = true, settings = "--presence.grace=" + PresenceTest.GRACE_SECONDS + "s")
@Timeout(300)
class PresenceTest {
  static final int GRACE_SECONDS = 3;
  private static final Duration GRACE = Duration.ofSeconds(GRACE_SECONDS);
  private static final int CROWD = 200;

  private final Cluster cluster;

  PresenceTest(Cluster cluster) {
    this.cluster = cluster;
  }

  private static JsonObject op(String op) {
    return new JsonObject().put("op", op);
  }

  /** Watches users; how they are seen. */
  private static Map<String, JsonObject> watch(ChatClient client, Collection<String> users)
      throws Exception {
    JsonObject ok =
        Await.get(client.ask(op("watch").put("users", new JsonArray(new ArrayList<>(users)))));
    Map<String, JsonObject> seen = new HashMap<>();
    ChatClient.objects(ok.getJsonArray("users"))
        .forEach(one -> seen.put(one.getString("user"), one));
    return seen;
  }

  /** How one user is seen; watches nobody else from then on. */
  private static JsonObject look(ChatClient client, String user) throws Exception {
    return Objects.requireNonNull(watch(client, List.of(user)).get(user));
  }

  private static void choose(ChatClient client, String status) throws Exception {
    Await.get(client.ask(op("presence").put("status", status)));
  }

  /** What a client was told of a user, in order. */
  private static List<String> told(ChatClient client, String user) {
    return heard(client, user).stream().map(heard -> heard.json().getString("status")).toList();
  }

  private static List<Heard> heard(ChatClient client, String user) {
    return client.events().stream()
        .filter(heard -> "presence".equals(heard.json().getString("ev")))
        .filter(heard -> user.equals(heard.json().getString("user")))
        .toList();
  }

  private List<ChatClient> watchers(String name, String user) throws Exception {
    List<ChatClient> all = new ArrayList<>();
    List<String> names = IntStream.range(0, 3).mapToObj(i -> name + "-w" + i).toList();
    List<String> members = new ArrayList<>(names);
    members.add(user);
    cluster.room(name, names.get(0), members);
    for (int i = 0; i < 3; i++) {
      ChatClient watcher = cluster.online(names.get(i), i);
      assertEquals("offline", look(watcher, user).getString("status"));
      all.add(watcher);
    }
    return all;
  }

  @Test
  void theFirstSessionIsSeenOnAllNodesAtOnceAndTheLastOnesEndOnceAfterTheGrace() throws Exception {
    List<ChatClient> watchers = watchers("first", "first-user");
    long begin = System.nanoTime();
    ChatClient user = cluster.online("first-user", 1);
    for (ChatClient watcher : watchers) {
      Await.until("online", () -> told(watcher, "first-user").equals(List.of("online")));
    }
    long worst =
        watchers.stream()
            .mapToLong(watcher -> heard(watcher, "first-user").get(0).nanos() - begin)
            .max()
            .orElseThrow();
    System.out.printf(
        "online was told to three nodes %d ms after the connection began%n", worst / 1_000_000);
    assertTrue(worst < Duration.ofSeconds(2).toNanos(), () -> worst / 1_000_000 + " ms");
    long ended = System.nanoTime();
    user.close();
    for (ChatClient watcher : watchers) {
      Await.until(
          "offline", () -> told(watcher, "first-user").equals(List.of("online", "offline")));
      Heard offline = heard(watcher, "first-user").get(1);
      assertTrue(offline.nanos() - ended > GRACE.toNanos() * 9 / 10, "not before the grace");
      assertTrue(offline.json().getLong("lastSeen") > 0);
    }
  }

  @Test
  void whoComesBackWithinTheGraceOrClosesThreeOfFourTabsIsTellingNobody() throws Exception {
    List<ChatClient> watchers = watchers("tabs", "tabs-user");
    List<ChatClient> tabs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      tabs.add(cluster.online("tabs-user", i % 3));
    }
    Await.until("online", () -> !told(watchers.get(2), "tabs-user").isEmpty());
    tabs.subList(1, 4).forEach(ChatClient::close);
    tabs.get(0).close();
    ChatClient back = cluster.online("tabs-user", 2);
    long until = System.nanoTime() + 2 * GRACE.toNanos();
    Await.until("two grace periods have passed", () -> System.nanoTime() > until);
    assertTrue(back.online());
    for (ChatClient watcher : watchers) {
      assertEquals(List.of("online"), told(watcher, "tabs-user"));
    }
  }

  @Test
  void anInvisibleUserIsOfflineToAllOthersAndStaysSo() throws Exception {
    List<ChatClient> watchers = watchers("hidden", "hidden-user");
    ChatClient user = cluster.online("hidden-user", 0);
    for (ChatClient watcher : watchers) {
      Await.until("online", () -> told(watcher, "hidden-user").equals(List.of("online")));
    }
    watch(user, List.of("hidden-user"));
    choose(user, "invisible");
    Await.until("it sees itself", () -> told(user, "hidden-user").contains("invisible"));
    for (ChatClient watcher : watchers) {
      Await.until(
          "offline", () -> told(watcher, "hidden-user").equals(List.of("online", "offline")));
    }
    ChatClient other = cluster.online("hidden-user", 2);
    user.close();
    JsonObject seen = look(watchers.get(1), "hidden-user");
    Object last = heard(watchers.get(0), "hidden-user").get(1).json().getValue("lastSeen");
    assertEquals("offline", seen.getString("status"));
    assertEquals(last, seen.getValue("lastSeen"), "when others saw the user");
    other.close();
    long until = System.nanoTime() + 2 * GRACE.toNanos();
    Await.until("all has ended", () -> System.nanoTime() > until);
    ChatClient again = cluster.online("hidden-user", 1);
    assertEquals("invisible", look(again, "hidden-user").getString("status"));
    for (ChatClient watcher : watchers) {
      assertEquals(List.of("online", "offline"), told(watcher, "hidden-user"));
      JsonObject now = look(watcher, "hidden-user");
      assertEquals(last, now.getValue("lastSeen"));
    }
    choose(again, "busy");
    Await.until("busy", () -> told(watchers.get(0), "hidden-user").contains("busy"));
  }

  @Test
  void strangersAndThoseWhoDoNotExistLookTheSame() throws Exception {
    cluster.online("stranger", 0);
    ChatClient watcher = cluster.online("stranger-watcher", 1);
    Map<String, JsonObject> seen = watch(watcher, List.of("stranger", "nobody at all"));
    assertEquals(
        new JsonObject().put("user", "stranger").put("status", "offline"), seen.get("stranger"));
    assertEquals(Set.of("stranger", "nobody at all"), seen.keySet());
    String room = cluster.room("Strangers", "stranger", List.of("stranger-watcher"));
    Await.until("seen", () -> told(watcher, "stranger").equals(List.of("online")));
    cluster.rest(2, "stranger").delete("/v1/rooms/" + room + "/members/stranger-watcher");
    Await.until("hidden", () -> told(watcher, "stranger").equals(List.of("online", "offline")));
    assertFalse(heard(watcher, "stranger").get(1).json().containsKey("lastSeen"));
  }

  @Test
  void badInputIsRefusedWithAClearError() throws Exception {
    ChatClient client = cluster.online("bad-watcher", 0);
    JsonArray many = new JsonArray();
    IntStream.range(0, 501).forEach(i -> many.add("u" + i));
    assertRefused("too_large", client, op("watch").put("users", many));
    assertRefused("bad_request", client, op("watch"));
    assertRefused("bad_request", client, op("watch").put("users", "all"));
    assertRefused("bad_request", client, op("watch").put("users", new JsonArray().add(1)));
    assertRefused("bad_request", client, op("presence"));
    assertRefused("bad_request", client, op("presence").put("status", 1));
    assertRefused("bad_request", client, op("presence").put("status", "offline"));
    assertRefused("bad_request", client, op("presence").put("status", "x".repeat(200_000)));
    JsonObject odd = look(client, "a\u0000b");
    assertEquals("offline", odd.getString("status"));
    assertTrue(client.online());
  }

  private static void assertRefused(String code, ChatClient client, JsonObject command) {
    ChatException refused = assertThrows(ChatException.class, () -> Await.get(client.ask(command)));
    assertEquals(code, refused.code());
  }

  @Test
  void aKilledNodeLeavesNoGhostAndNobodyIsMissing() throws Exception {
    List<String> users = IntStream.range(0, CROWD).mapToObj(i -> "crowd-" + i).toList();
    // In one room of all of them nobody would see anybody.
    for (int from = 0; from < CROWD; from += 50) {
      List<String> members = new ArrayList<>(users.subList(from, from + 50));
      members.addAll(List.of("crowd-w0", "crowd-w2"));
      cluster.room("Crowd " + from, members.get(0), members);
    }
    Map<String, ChatClient> open = new HashMap<>();
    for (int i = 0; i < CROWD; i++) {
      // Those of the node that is killed stay away, every second one.
      ChatClient client = cluster.client(users.get(i), i % 3);
      Await.get((i % 6 == 1 ? client.staysAway() : client).connect());
      open.put(users.get(i), client);
    }
    ChatClient zero = cluster.online("crowd-w0", 0);
    ChatClient two = cluster.online("crowd-w2", 2);
    for (ChatClient watcher : List.of(zero, two)) {
      Set<String> seen = new HashSet<>();
      watch(watcher, users)
          .forEach(
              (user, how) -> {
                if (how.getString("status").equals("online")) {
                  seen.add(user);
                }
              });
      assertEquals(new HashSet<>(users), seen);
    }
    Set<String> lost = new HashSet<>();
    for (int i = 1; i < CROWD; i += 6) {
      lost.add(users.get(i));
    }
    long killed = System.nanoTime();
    cluster.node(1).kill();
    for (ChatClient watcher : List.of(zero, two)) {
      Await.until(
          "no ghost",
          () -> lost.stream().allMatch(user -> told(watcher, user).equals(List.of("offline"))));
    }
    long gone = (System.nanoTime() - killed) / 1_000_000;
    Set<String> others = new HashSet<>(users);
    others.removeAll(lost);
    Await.until(
        "the others are back",
        () -> others.stream().allMatch(user -> Objects.requireNonNull(open.get(user)).online()));
    for (ChatClient watcher : List.of(zero, two)) {
      List<String> flipped =
          others.stream().filter(user -> !told(watcher, user).isEmpty()).toList();
      assertEquals(List.of(), flipped, "whoever came back was never gone");
      watch(watcher, users)
          .forEach(
              (user, how) ->
                  assertEquals(
                      lost.contains(user) ? "offline" : "online", how.getString("status"), user));
    }
    System.out.printf(
        "a node of three with %d sessions killed: no ghost after %d ms%n", CROWD / 3, gone);
    assertTrue(gone < 10_000, () -> gone + " ms");
    cluster.restart(1);
    Map<String, JsonObject> after = watch(cluster.online("crowd-w0", 1), users);
    after.forEach(
        (user, how) ->
            assertEquals(
                lost.contains(user) ? "offline" : "online", how.getString("status"), user));
    for (String user : others) {
      assertEquals(List.of(), told(two, user));
    }
  }

  @Test
  void aDrainingNodeWhoseClientsMoveFlipsNobody() throws Exception {
    List<String> users = IntStream.range(0, 20).mapToObj(i -> "drained-" + i).toList();
    List<String> members = new ArrayList<>(users);
    members.add("drained-w");
    cluster.room("Drained", users.get(0), members);
    List<ChatClient> open = new ArrayList<>();
    for (String user : users) {
      open.add(cluster.online(user, 1));
    }
    ChatClient watcher = cluster.online("drained-w", 0);
    watch(watcher, users).values().forEach(how -> assertEquals("online", how.getString("status")));
    cluster.node(1).terminate();
    assertEquals(0, cluster.node(1).exitCode(Duration.ofSeconds(30)));
    Await.until("all have moved", () -> open.stream().allMatch(ChatClient::online));
    long until = System.nanoTime() + 2 * GRACE.toNanos();
    Await.until("two grace periods have passed", () -> System.nanoTime() > until);
    users.forEach(user -> assertEquals(List.of(), told(watcher, user), user));
    watch(watcher, users).values().forEach(how -> assertEquals("online", how.getString("status")));
    cluster.restart(1);
  }

  @Test
  void aWatcherThatReadsNothingIsToldTheNewestStateWhenItDrains() throws Exception {
    String room = cluster.room("Stuck", "stuck-user", List.of("stuck-w"));
    ChatClient user = cluster.online("stuck-user", 0);
    ChatClient watcher = cluster.client("stuck-w", 1).staysAway();
    Await.get(watcher.connect());
    assertEquals("online", look(watcher, "stuck-user").getString("status"));
    watcher.stopReading();
    for (int i = 0; i < 250; i++) {
      Await.get(user.send(room, "m" + i, "x".repeat(60_000)));
    }
    for (int i = 0; i < 100; i++) {
      choose(user, i % 2 == 0 ? "busy" : "away");
    }
    choose(user, "online");
    choose(user, "busy");
    ChatClient other = cluster.online("stuck-w", 1);
    Await.until(
        "the node knows", () -> look(other, "stuck-user").getString("status").equals("busy"));
    watcher.startReading();
    Await.until(
        "the newest",
        () -> {
          List<String> told = told(watcher, "stuck-user");
          return !told.isEmpty() && told.get(told.size() - 1).equals("busy");
        });
    int count = told(watcher, "stuck-user").size();
    System.out.printf("102 changes while nothing was read: told %d times%n", count);
    assertTrue(count < 50, () -> count + " times");
    assertTrue(watcher.online(), "it was not disconnected");
  }

  @Test
  void aServiceSeesEverybodyButTheInvisibleAndListsSessionsPageByPage() throws Exception {
    List<String> users = IntStream.range(0, 30).mapToObj(i -> "listed-" + (100 + i)).toList();
    for (int i = 0; i < users.size(); i++) {
      ChatClient client = cluster.client(users.get(i), i % 3).hello("device", "phone-" + i);
      Await.get(client.connect());
      if (i == 0) {
        choose(client, "invisible");
      }
    }
    try (BusMember member = BusMember.join(cluster, "onlooker")) {
      HubbubClient service = member.client("onlooker");
      assertEquals(Status.ONLINE, BusMember.get(service.presence("listed-101")).status());
      assertEquals(Status.OFFLINE, BusMember.get(service.presence("nobody")).status());
      assertEquals(Status.OFFLINE, BusMember.get(service.presence("listed-100")).status());
      Map<String, Presence> seen = new ConcurrentHashMap<>();
      Runnable end = service.watch(users, presence -> seen.put(presence.user(), presence));
      Await.until("all are known", () -> seen.size() == users.size());
      ChatClient again = cluster.online("listed-102", 0);
      choose(again, "busy");
      Await.until("told", () -> isBusy(seen.get("listed-102")));
      end.run();
      List<OnlineUser> listed = new ArrayList<>();
      for (int i = 0; i < cluster.size(); i++) {
        String after = "";
        do {
          Online page = ask(member, i, new ListOnline(null, "listed-", after, 4));
          listed.addAll(page.users());
          after = page.next();
        } while (!after.isEmpty());
      }
      assertEquals(users, listed.stream().map(OnlineUser::user).sorted().toList());
      OnlineUser hidden =
          listed.stream().filter(one -> one.user().equals("listed-100")).findFirst().orElseThrow();
      assertEquals(Status.INVISIBLE, hidden.status());
      OnlineSession session = hidden.sessions().get(0);
      assertEquals(cluster.node(0).id(), session.node());
      assertEquals("phone-0", session.session().device());
      assertTrue(session.heardMillis() < 10_000);
      List<OnlineUser> busy = new ArrayList<>();
      for (int i = 0; i < cluster.size(); i++) {
        busy.addAll(ask(member, i, new ListOnline(Status.BUSY, "listed-", "", 100)).users());
      }
      assertEquals(List.of("listed-102"), busy.stream().map(OnlineUser::user).toList());
      assertEquals(2, busy.get(0).sessions().size());
      BusMember.get(service.close());
    }
  }

  private static boolean isBusy(@Nullable Presence seen) {
    return seen != null && seen.status() == Status.BUSY;
  }

  private Online ask(BusMember member, int node, Query query) throws Exception {
    String address = Addresses.presence(cluster.node(node).id());
    return BusMember.get(
        member.vertx().eventBus().<Online>request(address, query).map(Message::body));
  }
}
