package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.client.HubbubClient;
import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Chatter;
import io.hubbub.system.client.Transcript;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.BusMember;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Internal services on the bus: a typed client that misses nothing, and plain JSON. */
@ClusterTest(own = true)
@Timeout(180)
class BusServiceTest {
  private static final int RATE = 200;

  private final Cluster cluster;

  BusServiceTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void aServiceFollowsARoomThroughAKilledNodeAndAnswersEverythingOnce() throws Exception {
    List<String> rooms = new ArrayList<>();
    cluster.known(List.of("bus-service"));
    for (int i = 0; i < 6; i++) {
      rooms.add(cluster.room("Bus " + i, "bus-talker", List.of("bus-service")));
    }
    ChatClient talker = cluster.online("bus-talker", 0);
    try (BusMember member = BusMember.join(cluster, "service")) {
      HubbubClient service = member.client("bus-service");
      List<List<Long>> seen = new ArrayList<>();
      List<String> trouble = Collections.synchronizedList(new ArrayList<>());
      for (String room : rooms) {
        List<Long> numbers = Collections.synchronizedList(new ArrayList<>());
        seen.add(numbers);
        UUID id = UUID.fromString(room);
        service.follow(
            id,
            0,
            entry -> {
              numbers.add(entry.seq());
              boolean asked = "bus-talker".equals(entry.from()) && entry.seq() % 10 == 0;
              return asked
                  ? service
                      .sendSurely(id, "re-" + entry.seq(), "answer to " + entry.seq())
                      .onFailure(failure -> trouble.add(failure.toString()))
                  : Future.succeededFuture();
            });
      }
      Chatter chatter = Chatter.start(List.of(talker), rooms, RATE);
      Await.until("talk has begun", () -> chatter.done().size() > 2 * RATE);
      cluster.node(1).kill();
      int before = chatter.done().size();
      Await.until("it goes on", () -> chatter.done().size() > before + 3 * RATE);
      chatter.stop(Await.PATIENCE);
      for (int i = 0; i < rooms.size(); i++) {
        String room = rooms.get(i);
        List<Long> numbers = seen.get(i);
        Await.until(
            "the service has all of " + room + " and said all",
            () -> {
              Transcript history = talker.history(room);
              return history.end() == numbers.size() && answersAll(history);
            });
        assertEquals(LongStream.rangeClosed(1, numbers.size()).boxed().toList(), numbers);
      }
      assertEquals(List.of(), trouble);
      BusMember.get(service.close());
    }
    cluster.restart(1);
  }

  /** Whether each question has exactly one answer. */
  private static boolean answersAll(Transcript history) {
    List<String> wanted =
        history.messages().stream()
            .filter(entry -> entry.from().equals("bus-talker") && entry.seq() % 10 == 0)
            .map(entry -> "answer to " + entry.seq())
            .toList();
    List<String> given =
        history.messages().stream()
            .filter(entry -> entry.from().equals("bus-service"))
            .map(Transcript.Seen::body)
            .toList();
    return given.size() == wanted.size() && given.containsAll(wanted);
  }

  @Test
  void plainJsonOnTheBusDoesWhatTheSocketDoes() throws Exception {
    String room = cluster.room("Plain", "bus-reader", List.of("bus-plain"));
    ChatClient reader = cluster.online("bus-reader", 2);
    try (BusMember member = BusMember.join(cluster, "plain")) {
      JsonObject say =
          new JsonObject()
              .put("as", "bus-plain")
              .put("op", "send")
              .put("id", 1)
              .put("conversation", room)
              .put("key", "k")
              .put("body", "from the bus");
      JsonObject first = ask(member, say);
      assertEquals(2L, first.getJsonObject("ok").getLong("seq"), first.encode());
      assertEquals(true, ask(member, say).getJsonObject("ok").getBoolean("duplicate"));
      Await.until("heard", () -> reader.tail(room) == 2);
      assertEquals("from the bus", reader.events("message", room).get(0).getString("body"));
      JsonObject page =
          ask(
              member,
              new JsonObject()
                  .put("as", "bus-plain")
                  .put("op", "history")
                  .put("id", "h")
                  .put("conversation", room)
                  .put("after", 0)
                  .put("limit", 10));
      assertEquals(2, page.getJsonObject("ok").getJsonArray("events").size());
      JsonObject stranger = ask(member, say.copy().put("as", "bus-stranger"));
      assertEquals("not_a_member", stranger.getJsonObject("error").getString("code"));
      JsonObject odd = ask(member, say.copy().put("op", "dance"));
      assertTrue(odd.getJsonObject("error").getString("code").equals("unknown_op"), odd.encode());
    }
  }

  private static JsonObject ask(BusMember member, JsonObject command) throws Exception {
    return BusMember.get(
        member
            .vertx()
            .eventBus()
            .<JsonObject>request("hubbub.commands", command)
            .map(message -> message.body()));
  }
}
