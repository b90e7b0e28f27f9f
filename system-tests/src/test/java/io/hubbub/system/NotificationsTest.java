package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Jwt;
import io.hubbub.system.client.Rest;
import io.hubbub.system.client.Sse;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Notifications over server-sent events: presence, friends and what is unread. */
@ClusterTest(
    own = true,
    settings = {"--presence.grace=2s", "--presence.unread=100ms", "--limits.commands.per.second=0"})
@Timeout(300)
class NotificationsTest {
  private static final String STREAM = "/v1/presence/stream";

  private static final int FRIENDS = 40;
  private static final int MOST_TURNS = 2_000;

  private final Cluster cluster;
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final String ann = "ann-" + run;
  private final String bob = "bob-" + run;

  NotificationsTest(Cluster cluster) {
    this.cluster = cluster;
  }

  private Sse stream(int node, String user, @Nullable String lastId) throws Exception {
    return Sse.open(cluster.rest(node, user), STREAM, lastId);
  }

  private void befriend(String one, String other) throws Exception {
    cluster.known(List.of(one, other));
    asks(one, other);
    asks(other, one);
  }

  private void asks(String one, String other) throws Exception {
    cluster.rest(0, one).post("/v1/friends", new JsonObject().put("user", other)).expect(200);
  }

  private static void awaitStatus(Sse stream, String user, String status) throws Exception {
    Await.until(
        user + " is " + status,
        () -> status.equals(stream.newest("presence", "user", user, "status")));
  }

  private static void awaitUnread(Sse stream, String conversation, int unread) throws Exception {
    Await.until(
        unread + " unread, told " + stream.told("unread"),
        () ->
            Integer.valueOf(unread)
                .equals(stream.newest("unread", "conversation", conversation, "unread")));
  }

  private static String ticket(Rest rest) throws Exception {
    return rest.post("/v1/presence/ticket", new JsonObject())
        .expect(200)
        .json()
        .getString("ticket");
  }

  private Sse byTicket(int node, String ticket, String... cookie) throws IOException {
    return Sse.open(
        cluster.node(node).http(),
        STREAM + "?ticket=" + ticket,
        cookie.length == 0 ? Map.of() : Map.of("Cookie", cookie[0]));
  }

  @Test
  void presenceFriendsAndUnreadAreToldAsTheyCome() throws Exception {
    befriend(ann, bob);
    try (Sse stream = stream(0, ann, null)) {
      assertEquals("text/event-stream", stream.header("Content-Type"));
      assertEquals("no", stream.header("X-Accel-Buffering"));
      Await.until("open", () -> ann.equals(stream.newest("open", "user", ann, "user")));
      awaitStatus(stream, bob, "offline");
      long begin = System.nanoTime();
      ChatClient chat = cluster.online(bob, 1);
      awaitStatus(stream, bob, "online");
      System.out.printf(
          "a friend's coming was told after %d ms%n", (System.nanoTime() - begin) / 1_000_000);
      cluster.known(List.of("cid-" + run));
      asks("cid-" + run, ann);
      Await.until(
          "a request",
          () -> "incoming".equals(stream.newest("friend", "user", "cid-" + run, "state")));
      String direct = Await.get(chat.send("@" + ann, "k1", "hello")).getString("conversation");
      awaitUnread(stream, direct, 1);
      assertEquals(false, stream.newest("unread", "conversation", direct, "mention"));
      Await.get(chat.send(direct, "k2", "do you hear, @" + ann + "?"));
      awaitUnread(stream, direct, 2);
      assertEquals(true, stream.newest("unread", "conversation", direct, "mention"));
      assertEquals(bob, stream.newest("unread", "conversation", direct, "with"));
      ChatClient own = cluster.online(ann, 2);
      Await.get(
          own.ask(new JsonObject().put("op", "read").put("conversation", direct).put("seq", 9)));
      awaitUnread(stream, direct, 0);
      chat.close();
      awaitStatus(stream, bob, "offline");
    }
  }

  @Test
  void whoIsNamedOnlyInPartIsNotMentioned() throws Exception {
    String room = cluster.room("Names", ann, List.of(bob));
    ChatClient chat = cluster.online(ann, 0);
    Await.get(chat.send(room, "k1", "@" + bob + "by and @" + bob + "_x are others"));
    try (Sse stream = stream(1, bob, null)) {
      awaitUnread(stream, room, 1);
      assertEquals(false, stream.newest("unread", "conversation", room, "mention"));
    }
  }

  @Test
  void whoOnlyListensIsNotPresent() throws Exception {
    befriend(ann, bob);
    ChatClient watcher = cluster.online(bob, 1);
    try (Sse stream = stream(0, ann, null)) {
      awaitStatus(stream, bob, "online");
      cluster.online(ann, 2);
      Await.until("ann is seen", () -> told(watcher, ann).contains("online"));
      assertEquals("offline", told(watcher, ann).get(0), () -> told(watcher, ann).toString());
    }
  }

  private static List<String> told(ChatClient watcher, String user) {
    return watcher.events("presence", "").stream()
        .filter(event -> user.equals(event.getString("user")))
        .map(event -> event.getString("status"))
        .toList();
  }

  @Test
  void whoComesBackIsToldWhatHasChangedSinceOnAnyNode() throws Exception {
    String cid = "cid-" + run;
    befriend(ann, bob);
    cluster.known(List.of(cid, "dan-" + run));
    asks(ann, cid);
    asks("dan-" + run, ann);
    String room = cluster.room("Left", bob, List.of(ann));
    ChatClient chat = cluster.online(bob, 0);
    String place;
    try (Sse stream = stream(0, ann, null)) {
      Await.until(
          "what was there", () -> stream.told("friend").size() == 1 && stream.lastId() != null);
      place = stream.lastId();
    }
    asks(cid, ann);
    cluster.rest(0, "dan-" + run).delete("/v1/friends/" + ann).expect(200);
    cluster.rest(0, bob).delete("/v1/rooms/" + room + "/members/" + ann);
    String direct = Await.get(chat.send("@" + ann, "k1", "one")).getString("conversation");
    try (Sse stream = stream(2, ann, place)) {
      Await.until(
          "accepted", () -> "friends".equals(stream.newest("friend", "user", cid, "state")));
      Await.until(
          "withdrawn", () -> "none".equals(stream.newest("friend", "user", "dan-" + run, "state")));
      awaitUnread(stream, direct, 1);
      Await.until(
          "removed",
          () -> Boolean.TRUE.equals(stream.newest("unread", "conversation", room, "left")));
      awaitStatus(stream, bob, "online");
    }
  }

  @Test
  void aForgedPlaceIsTakenForTheBeginning() throws Exception {
    ChatClient chat = cluster.online(bob, 0);
    cluster.known(List.of(ann));
    String direct = Await.get(chat.send("@" + ann, "k1", "one")).getString("conversation");
    for (String forged :
        List.of("1", "zzz.1.2.3.4", "x".repeat(8_000), "' OR 1=1 --", "00000000.9.9.9.")) {
      try (Sse stream = stream(1, ann, forged)) {
        awaitUnread(stream, direct, 1);
        Await.until("a place", () -> stream.lastId() != null);
      }
    }
  }

  @Test
  void aTicketIsGoodOnceAndItsCookieComesBackOnAnyNode() throws Exception {
    cluster.known(List.of(ann, bob));
    String ticket = ticket(cluster.rest(0, ann));
    String cookie;
    try (Sse stream = byTicket(1, ticket)) {
      Await.until("open", () -> ann.equals(stream.newest("open", "user", ann, "user")));
      cookie = stream.header("Set-Cookie");
      assertTrue(cookie.contains("HTTPOnly") && cookie.contains("SameSite=Strict"), cookie);
      assertTrue(cookie.contains("Path=" + STREAM), cookie);
    }
    assertRefused(1, ticket);
    assertRefused(2, "no-such-ticket");
    assertRefused(2, "x".repeat(2_000));
    String value = Objects.requireNonNull(cookie.split(";", -1)[0]);
    try (Sse stream = byTicket(2, ticket, value)) {
      Await.until("open", () -> ann.equals(stream.newest("open", "user", ann, "user")));
    }
    // Another ticket has another cookie: two users of one browser never get each other's stream.
    String other = ticket(cluster.rest(0, bob));
    try (Sse stream = byTicket(0, other, value)) {
      Await.until("open", () -> bob.equals(stream.newest("open", "user", bob, "user")));
    }
    assertRefused(0, ticket, value.replaceFirst("=.*", "=forged"));
  }

  private void assertRefused(int node, String ticket, String... cookie) throws Exception {
    try (Sse stream = byTicket(node, ticket, cookie)) {
      throw new AssertionError("it was let in: " + stream.events());
    } catch (IOException refused) {
      assertTrue(String.valueOf(refused.getMessage()).startsWith("401"), refused::toString);
    }
  }

  @Test
  void aTokenThatEndsEndsTheStream() throws Exception {
    cluster.known(List.of(ann));
    String secret = Cluster.SECRET;
    JsonObject claims = new JsonObject().put("sub", ann).put("exp", Jwt.inSeconds(4));
    Rest rest = new Rest(cluster.node(0).http(), Jwt.hs256(secret, claims));
    try (Sse stream = byTicket(0, ticket(rest))) {
      Await.until("over", stream::over);
      JsonObject close = stream.told("close").get(0);
      assertEquals(4401, close.getInteger("code"));
      assertEquals("token_expired", close.getString("reason"));
    }
  }

  @Test
  void invisibleAndBlockedFriendsAreOfflineAndWhatTheyDoIsNotTold() throws Exception {
    befriend(ann, bob);
    ChatClient hidden = cluster.online(bob, 1);
    try (Sse stream = stream(0, ann, null)) {
      awaitStatus(stream, bob, "online");
      Await.get(hidden.ask(new JsonObject().put("op", "presence").put("status", "invisible")));
      awaitStatus(stream, bob, "offline");
      int before = stream.told("presence").size();
      Await.get(hidden.ask(new JsonObject().put("op", "presence").put("status", "online")));
      awaitStatus(stream, bob, "online");
      cluster.rest(1, bob).post("/v1/friends/" + ann + "/block", new JsonObject()).expect(200);
      awaitStatus(stream, bob, "offline");
      Await.get(hidden.ask(new JsonObject().put("op", "presence").put("status", "busy")));
      befriend(ann, "cid-" + run);
      cluster.online("cid-" + run, 2);
      awaitStatus(stream, "cid-" + run, "online");
      List<Object> statuses = new ArrayList<>();
      stream.told("presence").stream()
          .filter(event -> bob.equals(event.getString("user")))
          .skip(before)
          .forEach(event -> statuses.add(event.getString("status")));
      assertEquals(List.of("online", "offline"), statuses);
    }
  }

  @Test
  @Tag("slow")
  void aStreamThatNobodyReadsCostsLittleAndIsToldTheNewest() throws Exception {
    String tail = "x".repeat(90) + run;
    List<String> friends = IntStream.range(0, FRIENDS).mapToObj(i -> "f" + i + tail).toList();
    cluster.known(friends);
    List<ChatClient> open = new ArrayList<>();
    for (String friend : friends) {
      befriend(ann, friend);
      open.add(cluster.online(friend, 1));
    }
    String room = cluster.room("Unread", friends.get(0), List.of(ann));
    Rest root = cluster.admin(2);
    try (Sse stream = stream(0, ann, null)) {
      awaitStatus(stream, friends.get(FRIENDS - 1), "online");
      stream.paused(true);
      long most = 0;
      int turns = 0;
      while (most == 0 && turns < MOST_TURNS) {
        turns++;
        String status = turns % 2 == 0 ? "busy" : "online";
        JsonObject choose = new JsonObject().put("op", "presence").put("status", status);
        for (var answer : open.stream().map(each -> each.ask(choose.copy())).toList()) {
          Await.get(answer);
        }
        most = waiting(root);
      }
      assertTrue(most > 0, "the server feels that nothing is read");
      for (int turn = 0; turn < turns; turn++) {
        String status = turn % 2 == 0 ? "busy" : "online";
        open.forEach(
            each -> each.ask(new JsonObject().put("op", "presence").put("status", status)));
        Await.get(open.get(0).send(room, "k" + turn, "m"));
        most = Math.max(most, waiting(root));
      }
      Await.get(open.get(0).ask(new JsonObject().put("op", "presence").put("status", "away")));
      int before = stream.events().size();
      stream.paused(false);
      awaitStatus(stream, friends.get(0), "away");
      awaitUnread(stream, room, turns);
      System.out.printf(
          "%d changes that a stream did not read: %d bytes waited at most, told by %d events%n",
          2 * turns * FRIENDS, most, stream.events().size() - before);
      assertTrue(most < 2 << 20, "bytes waiting: " + most);
    }
  }

  private long waiting(Rest root) throws Exception {
    return root.get("/v1/admin/sessions?user=" + ann)
        .expect(200)
        .json()
        .getJsonArray("sessions")
        .getJsonObject(0)
        .getLong("waitingBytes");
  }
}
