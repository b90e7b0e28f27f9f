package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.ChatException;
import io.hubbub.system.client.Checker;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is in a conversation changes under open sockets; promise 8. */
@ClusterTest
@Timeout(60)
class AddedWhileOnlineTest {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Cluster cluster;

  AddedWhileOnlineTest(Cluster cluster) {
    this.cluster = cluster;
  }

  private void add(String room, String by, String user) throws Exception {
    JsonObject users = new JsonObject().put("users", new JsonArray().add(user));
    cluster.rest(1, by).post("/v1/rooms/" + room + "/members", users);
  }

  @Test
  void aUserAddedByRestGetsTheNextMessageOnTheOpenSocketWithinASecond() throws Exception {
    String room = cluster.room("Join", "add-owner", List.of());
    ChatClient owner = cluster.online("add-owner", 0);
    ChatClient added = cluster.online("add-new", 2);
    Await.get(owner.send(room, "before", "not for the new one's socket"));
    long begin = System.nanoTime();
    add(room, "add-owner", "add-new");
    Await.get(owner.send(room, "after", "welcome"));
    Await.until("the next message", SOON, () -> added.tail(room) == 4);
    System.out.printf("added and told in %d ms%n", (System.nanoTime() - begin) / 1_000_000);
    assertEquals("joined", added.events("membership", room).get(0).getString("change"));
    assertEquals("welcome", added.events("message", room).get(0).getString("body"));
    assertEquals(1, added.events("message", room).size());
    new Checker(added.history(room)).saw(added.transcript(room)).assertClean();
  }

  @Test
  void aUserWrittenToForTheFirstTimeGetsItOnTheOpenSocketWithinASecond() throws Exception {
    ChatClient to = cluster.online("direct-to", 2);
    ChatClient from = cluster.online("direct-from", 0);
    JsonObject ok = Await.get(from.send("@direct-to", "first", "hello there"));
    String direct = ok.getString("conversation");
    Await.until("the message", SOON, () -> to.tail(direct) >= ok.getLong("seq"));
    JsonObject heard = to.events("message", direct).get(0);
    assertEquals("hello there", heard.getString("body"));
    assertEquals("direct-from", heard.getString("from"));
    JsonObject back = Await.get(to.send("@direct-from", "back", "hello yourself"));
    assertEquals(direct, back.getString("conversation"));
    Await.until("the answer", SOON, () -> from.tail(direct) >= back.getLong("seq"));
    JsonObject made =
        cluster.rest(1, "direct-to").post("/v1/direct", user("direct-from")).expect(200).json();
    assertEquals(direct, made.getString("id"));
  }

  private static JsonObject user(String name) {
    return new JsonObject().put("user", name);
  }

  @Test
  void aRemovedMemberGetsNothingMoreAndNoHistory() throws Exception {
    String room = cluster.room("Leave", "out-owner", List.of("out-gone", "out-stays"));
    ChatClient owner = cluster.online("out-owner", 0);
    ChatClient gone = cluster.online("out-gone", 1);
    ChatClient stays = cluster.online("out-stays", 2);
    Await.get(owner.send(room, "1", "for all"));
    Await.until("all have it", () -> gone.tail(room) == 2);
    cluster.rest(2, "out-owner").delete("/v1/rooms/" + room + "/members/out-gone");
    for (int i = 0; i < 20; i++) {
      Await.get(owner.send(room, "after-" + i, "secret " + i));
    }
    Await.until("who stays has all", () -> stays.tail(room) == 23);
    Await.until("who is gone knows", () -> !gone.events("membership", room).isEmpty());
    // What was sent to this session before is here when the answers to these are.
    ChatException history = assertThrows(ChatException.class, () -> gone.history(room));
    assertEquals("not_a_member", history.code());
    var resume = new JsonObject().put("op", "resume").put("conversation", room).put("since", 1);
    assertEquals(
        "not_a_member",
        assertThrows(ChatException.class, () -> Await.get(gone.ask(resume))).code());
    var say = gone.send(room, "own", "let me in");
    assertEquals("not_a_member", assertThrows(ChatException.class, () -> Await.get(say)).code());
    cluster
        .rest(0, "out-gone")
        .get("/v1/conversations/" + room + "/events")
        .expectProblem(403, "not_a_member");
    assertEquals(3, gone.tail(room), "up to its own leaving");
    assertFalse(gone.events().toString().contains("secret"));
    new Checker(owner.history(room))
        .saw(gone.transcript(room))
        .saw(stays.transcript(room))
        .assertClean();
  }

  @Test
  void whoComesBackAfterARemovalReadsTheWholeLog() throws Exception {
    String room = cluster.room("Back", "back-owner", List.of("back-user"));
    ChatClient owner = cluster.online("back-owner", 0);
    ChatClient user = cluster.online("back-user", 1);
    cluster.rest(2, "back-owner").delete("/v1/rooms/" + room + "/members/back-user");
    Await.get(owner.send(room, "1", "while away"));
    add(room, "back-owner", "back-user");
    Await.get(owner.send(room, "2", "back again"));
    Await.until("the message after the join", () -> user.tail(room) == 5);
    assertEquals(2, user.history(room).messages().size());
  }
}
