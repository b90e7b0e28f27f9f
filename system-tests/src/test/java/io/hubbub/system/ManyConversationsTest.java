package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Rest;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Coming back to many conversations, and what is unread in them. */
@ClusterTest
@Timeout(120)
class ManyConversationsTest {
  private static final int MANY = 2_000;
  private static final int BYTES = 1_000_000;

  private final Cluster cluster;

  private record Pages(Map<String, JsonObject> rows, String cursor) {}

  ManyConversationsTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void aClientOfTwoThousandConversationsIsUpToDateInUnderAMegabyte() throws Exception {
    cluster.known(List.of("many-away"));
    List<String> rooms = rooms();
    ChatClient away = cluster.client("many-away", 1).hello("live", "listed").staysAway();
    Await.get(away.connect());
    String cursor = pages(away, away.welcome()).cursor();
    away.close();
    ChatClient busy = cluster.online("many-busy", 0);
    List<CompletableFuture<JsonObject>> sent = new ArrayList<>();
    for (String room : rooms) {
      sent.add(busy.send(room, "news", "What happened in " + room.substring(0, 8)));
    }
    for (CompletableFuture<JsonObject> answer : sent) {
      Await.get(answer);
    }
    long begin = System.nanoTime();
    ChatClient back = cluster.client("many-away", 2).hello("live", "listed").staysAway();
    back.hello("cursor", cursor);
    Await.get(back.connect());
    Map<String, JsonObject> seen = pages(back, back.welcome()).rows();
    System.out.printf(
        "%d conversations up to date with %d bytes in %d ms%n",
        seen.size(), back.received(), (System.nanoTime() - begin) / 1_000_000);
    for (String room : rooms) {
      JsonObject row = seen.getOrDefault(room, new JsonObject());
      assertEquals(2, row.getLong("head"));
      assertEquals(1, row.getInteger("unread"));
      assertTrue(row.getJsonObject("last").getString("body").startsWith("What happened"));
    }
    assertTrue(back.received() < BYTES, () -> back.received() + " bytes");
  }

  /** All rows from hello on by id, and the last cursor. */
  private static Pages pages(ChatClient client, JsonObject hello) throws Exception {
    Map<String, JsonObject> rows = new HashMap<>();
    JsonObject page = hello;
    while (true) {
      for (JsonObject row : ChatClient.objects(page.getJsonArray("conversations"))) {
        rows.put(row.getString("id"), row);
      }
      String cursor = page.getString("cursor");
      if (!page.getBoolean("more", false)) {
        return new Pages(rows, cursor);
      }
      page =
          Await.get(client.ask(new JsonObject().put("op", "conversations").put("cursor", cursor)));
    }
  }

  private List<String> rooms() throws Exception {
    Rest rest = cluster.rest(0, "many-busy");
    rest.get("/v1/conversations").expect(200);
    Semaphore some = new Semaphore(32);
    List<CompletableFuture<Rest.Answer>> made = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      JsonObject room =
          new JsonObject().put("name", "Room " + i).put("users", new JsonArray().add("many-away"));
      some.acquire();
      CompletableFuture<Rest.Answer> answer = rest.postLater("/v1/rooms", room);
      answer.whenComplete((done, failed) -> some.release());
      made.add(answer);
    }
    List<String> ids = new ArrayList<>();
    for (CompletableFuture<Rest.Answer> answer : made) {
      ids.add(Await.get(answer).expect(201).json().getString("id"));
    }
    return ids;
  }

  @Test
  void unreadIsRightAfterEditsReactionsJoinsDeletionsAndReadsOnTwoDevices() throws Exception {
    String room = cluster.room("Unread", "unread-a", List.of("unread-b"));
    cluster.known(List.of("unread-c"));
    ChatClient writer = cluster.online("unread-a", 0);
    ChatClient phone = cluster.online("unread-b", 1);
    ChatClient laptop = cluster.online("unread-b", 2);
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      numbers.add(Await.get(writer.send(room, "m" + i, "text " + i)).getLong("seq"));
    }
    JsonObject target = new JsonObject().put("target", numbers.get(1));
    Await.get(writer.append("edit", room, "e", target.copy().put("body", "changed")));
    Await.get(writer.append("react", room, "r", target.copy().put("emoji", "👍").put("on", true)));
    cluster
        .rest(0, "unread-a")
        .post(
            "/v1/rooms/" + room + "/members",
            new JsonObject().put("users", new JsonArray().add("unread-c")));
    Await.get(writer.append("delete", room, "d", new JsonObject().put("target", numbers.get(4))));
    // Five messages; a deleted one counts until it is read past; nothing else is unread.
    assertEquals(5, unread(phone, room));
    assertEquals(0, unread(writer, room), "sending reads up to one's own");
    JsonObject read = new JsonObject().put("op", "read").put("conversation", room);
    assertEquals(
        3, Await.get(phone.ask(read.copy().put("seq", numbers.get(1)))).getInteger("unread"));
    Await.until("the laptop is told", () -> !own(laptop, room).isEmpty());
    assertEquals(3, own(laptop, room).get(0).getInteger("unread"));
    assertEquals(
        1, Await.get(laptop.ask(read.copy().put("seq", numbers.get(3)))).getInteger("unread"));
    assertEquals(
        1,
        Await.get(phone.ask(read.copy().put("seq", numbers.get(0)))).getInteger("unread"),
        "a position never falls");
    assertEquals(0, Await.get(phone.ask(read.copy().put("seq", 1_000_000))).getInteger("unread"));
    Await.get(phone.send(room, "own", "my own"));
    assertEquals(0, unread(laptop, room));
    assertEquals(1, unread(writer, room));
  }

  private static List<JsonObject> own(ChatClient client, String room) {
    return client.events("read", room).stream()
        .filter(event -> client.user().equals(event.getString("user")))
        .toList();
  }

  private static int unread(ChatClient client, String room) throws Exception {
    JsonObject page = Await.get(client.ask(new JsonObject().put("op", "conversations")));
    return ChatClient.objects(page.getJsonArray("conversations")).stream()
        .filter(row -> room.equals(row.getString("id")))
        .findFirst()
        .orElseThrow()
        .getInteger("unread");
  }
}
