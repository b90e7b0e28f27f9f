package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Rest;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What invisible users do, and two of whom one blocks the other, leaks nowhere. */
@ClusterTest
@Timeout(120)
class QuietTest {
  private final Cluster cluster;
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final String ann = "ann-" + run;
  private final String bob = "bob-" + run;
  private final String cid = "cid-" + run;

  QuietTest(Cluster cluster) {
    this.cluster = cluster;
  }

  private static JsonObject op(String op, String room) {
    return new JsonObject().put("op", op).put("conversation", room);
  }

  private static void types(ChatClient client, String room) throws Exception {
    Await.get(client.ask(op("typing", room)));
  }

  private static void reads(ChatClient client, String room, long seq) throws Exception {
    Await.get(client.ask(op("read", room).put("seq", seq)));
  }

  private static void choose(ChatClient client, String status) throws Exception {
    Await.get(client.ask(new JsonObject().put("op", "presence").put("status", status)));
  }

  /** How often a client was told that a user types or how far the user has read. */
  private static List<String> told(ChatClient client, String user) {
    return client.events().stream()
        .map(ChatClient.Heard::json)
        .filter(event -> user.equals(event.getString("user")))
        .filter(event -> List.of("typing", "read", "delivered").contains(event.getString("ev")))
        .map(event -> event.getString("ev"))
        .distinct()
        .sorted()
        .toList();
  }

  /** How far a user has read, as another sees it over REST. */
  private static long position(Rest rest, String room, String user) throws Exception {
    return ChatClient.objects(
            rest.get("/v1/rooms/" + room + "/members").expect(200).json().getJsonArray("members"))
        .stream()
        .filter(member -> user.equals(member.getString("user")))
        .mapToLong(member -> member.getLong("read"))
        .findFirst()
        .orElseThrow();
  }

  private long online(String room) throws Exception {
    return cluster
        .rest(0, ann)
        .get("/v1/conversations/" + room + "/online")
        .expect(200)
        .json()
        .getLong("online");
  }

  @Test
  void whatAnInvisibleUserTypesAndReadsIsToldToNobody() throws Exception {
    String room = cluster.room("Quiet", ann, List.of(bob, cid));
    ChatClient watcher = cluster.online(ann, 0);
    ChatClient hidden = cluster.online(bob, 1);
    ChatClient other = cluster.online(cid, 2);
    for (int i = 0; i < 3; i++) {
      Await.get(watcher.send(room, "k" + i, "x"));
    }
    Await.get(hidden.ask(new JsonObject().put("op", "watch").put("users", List.of(bob))));
    Await.until(
        "typing is told",
        Cadence.of(() -> types(hidden, room), () -> !told(watcher, bob).isEmpty()));
    Await.until("all are counted", () -> online(room) == 3);
    long before = position(cluster.rest(0, ann), room, bob);
    choose(hidden, "invisible");
    int heard = watcher.events().size();
    types(hidden, room);
    reads(hidden, room, 5);
    types(other, room);
    reads(other, room, 5);
    Await.until("another is heard", () -> told(watcher, cid).equals(List.of("read", "typing")));
    List<JsonObject> since =
        watcher.events().stream()
            .skip(heard)
            .map(ChatClient.Heard::json)
            .filter(event -> bob.equals(event.getString("user")))
            .filter(event -> !"presence".equals(event.getString("ev")))
            .toList();
    assertEquals(List.of(), since);
    assertEquals(before, position(cluster.rest(0, ann), room, bob));
    assertTrue(position(cluster.rest(1, bob), room, bob) > before, "one's own is what it is");
    Await.until("it is not counted", () -> online(room) == 2);
  }

  @Test
  void twoOfWhomOneBlocksTheOtherHearNothingOfEachOtherInARoom() throws Exception {
    String room = cluster.room("Blocked", ann, List.of(bob, cid));
    ChatClient annOnline = cluster.online(ann, 0);
    ChatClient bobOnline = cluster.online(bob, 1);
    ChatClient cidOnline = cluster.online(cid, 2);
    Await.get(cidOnline.send(room, "k", "x"));
    Await.get(bobOnline.ask(new JsonObject().put("op", "watch").put("users", List.of(ann))));
    Await.until(
        "typing is told",
        Cadence.of(() -> types(bobOnline, room), () -> !told(annOnline, bob).isEmpty()));
    cluster.rest(0, ann).post("/v1/friends/" + bob + "/block", new JsonObject()).expect(200);
    Await.until(
        "the block is known",
        () ->
            annOnline.events("friend", "").stream()
                    .anyMatch(event -> "blocked".equals(event.getString("state")))
                && bobOnline.events("presence", "").stream()
                    .anyMatch(event -> "offline".equals(event.getString("status"))));
    int annHeard = told(annOnline, bob).size();
    reads(bobOnline, room, 4);
    types(bobOnline, room);
    reads(annOnline, room, 4);
    types(annOnline, room);
    Await.until(
        "a third one hears both",
        () ->
            told(cidOnline, ann).equals(List.of("read", "typing"))
                && told(cidOnline, bob).equals(List.of("read", "typing")));
    assertEquals(annHeard, told(annOnline, bob).size());
    assertEquals(List.of(), told(bobOnline, ann));
    assertEquals(0, position(cluster.rest(0, ann), room, bob));
    assertEquals(0, position(cluster.rest(1, bob), room, ann));
  }

  /** Does something before each look: what may be dropped is said again. */
  private interface Deed {
    void run() throws Exception;
  }

  private static final class Cadence {
    private Cadence() {}

    static Await.Condition of(Deed deed, Await.Condition condition) {
      return () -> {
        deed.run();
        return condition.holds();
      };
    }
  }
}
