package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.ChatException;
import io.hubbub.system.client.Checker;
import io.hubbub.system.client.Rest;
import io.hubbub.system.client.Transcript;
import io.hubbub.system.client.Transcript.Seen;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.hubbub.system.harness.Cut;
import io.hubbub.system.harness.Cut.Manner;
import io.hubbub.system.harness.NodeProcess;
import io.hubbub.system.harness.Traffic;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Promise 8: who is removed in the middle of everything is told nothing from there on. */
@ClusterTest(own = true, nodes = 3, apart = true)
@Tag("slow")
@Timeout(300)
class RemovedMemberTest {
  private static final int HOME = 1;
  private static final int MESSAGES = 300;
  private static final int ROUNDS = 10;
  private static final int LATER = 10;

  /** For how long a link is cut, or the home stands still. */
  private static final Duration HELD = Duration.ofSeconds(12);

  private final Cluster cluster;

  RemovedMemberTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @AfterEach
  void mend() throws Exception {
    cluster.mend();
  }

  @Test
  void nothingFollowsLeftInTheMiddleOfABatch() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      Round round = new Round("batch-" + i);
      round.talk();
      round.remove();
      round.judge();
      cluster.closeClients();
    }
  }

  @Test
  void nothingFollowsLeftWhileANodeIsCutOffFromTheHome() throws Exception {
    Round round = new Round("cut");
    long begin = System.nanoTime();
    Cut cut =
        cluster
            .network()
            .between(
                cluster.node(0).place(), cluster.node(HOME).place(), Traffic.BUS, Manner.SILENT);
    try {
      round.talk();
      round.remove();
      Await.until("it was held", () -> System.nanoTime() - begin > HELD.toNanos());
    } finally {
      cut.heal();
    }
    round.judge();
  }

  @Test
  void nothingFollowsLeftWhereTheHomeStoodStillMeanwhile() throws Exception {
    Round round = new Round("pause");
    NodeProcess home = cluster.node(HOME);
    round.talk();
    home.signal("STOP");
    try {
      long begin = System.nanoTime();
      round.remove();
      Await.until("it was held", () -> System.nanoTime() - begin > HELD.toNanos());
    } finally {
      home.signal("CONT");
    }
    round.judge();
    home.awaitReady();
  }

  /** A message, and what became of it. */
  private record Sent(String user, String key, CompletableFuture<JsonObject> answer) {}

  /** A room with one of its members on every node, who will be removed while all of them talk. */
  private final class Round {
    private final String owner;
    private final String gone;
    private final String room;
    private final List<ChatClient> writers = new ArrayList<>();
    private final List<ChatClient> sessions = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();

    Round(String name) throws Exception {
      owner = name + "-owner";
      gone = name + "-gone";
      List<String> members = new ArrayList<>(List.of(gone));
      for (int node = 0; node < cluster.size(); node++) {
        members.add(name + "-" + node);
      }
      String found = cluster.room(name, owner, members);
      while (cluster.home(found, List.of(0, 1, 2)) != HOME) {
        found = cluster.room(name, owner, members);
      }
      room = found;
      for (int node = 0; node < cluster.size(); node++) {
        writers.add(cluster.online(name + "-" + node, node));
        sessions.add(cluster.online(gone, node));
      }
    }

    /** Everybody says a lot at once, on every node. */
    void talk() throws Exception {
      long before = answered();
      say(MESSAGES);
      Await.until("some were answered", () -> answered() > before + MESSAGES / 10);
    }

    private void say(int messages) {
      for (int i = 0; i < messages; i++) {
        for (int node = 0; node < cluster.size(); node++) {
          for (ChatClient client : List.of(writers.get(node), sessions.get(node))) {
            String key = node + "-" + sent.size();
            sent.add(new Sent(client.user(), key, client.send(room, key, key)));
          }
        }
      }
    }

    private long answered() {
      return sent.stream().filter(each -> each.answer().isDone()).count();
    }

    /** While everybody says more. */
    void remove() throws Exception {
      Rest rest = cluster.rest(0, owner);
      String path = "/v1/rooms/" + room + "/members/" + gone;
      CompletableFuture<Boolean> removed =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return rest.delete(path).status() / 100 == 2;
                } catch (IOException | InterruptedException e) {
                  throw new CompletionException(e);
                }
              });
      say(MESSAGES);
      if (!Await.get(removed)) {
        Await.until("removed", () -> rest.delete(path).status() / 100 == 2);
      }
      say(MESSAGES / 10);
    }

    /** What the others say when all is over and well: it reaches them through every node. */
    private List<Checker.Ack> later() throws Exception {
      List<Checker.Ack> acks = new ArrayList<>();
      for (int i = 0; i < LATER; i++) {
        for (ChatClient writer : writers) {
          String key = "later-" + i;
          long seq = Await.get(writer.send(room, key, key)).getLong("seq");
          acks.add(new Checker.Ack(writer.user(), key, seq, key));
        }
      }
      return acks;
    }

    void judge() throws Exception {
      long late = 0;
      List<Checker.Ack> acks = new ArrayList<>();
      for (Sent each : sent) {
        try {
          long seq = Await.get(each.answer()).getLong("seq");
          acks.add(new Checker.Ack(each.user(), each.key(), seq, each.key()));
        } catch (ChatException refused) {
          assertEquals("not_a_member", refused.code());
          assertEquals(gone, each.user());
          late++;
        }
      }
      acks.addAll(later());
      Transcript history = writers.get(0).history(room);
      long left =
          history.entries().stream()
              .filter(entry -> entry.ev().equals("left"))
              .findFirst()
              .orElseThrow()
              .seq();
      assertTrue(left < history.end(), "others went on");
      assertTrue(late > 0, "something came after");
      for (Seen entry : history.entries()) {
        assertTrue(!entry.from().equals(gone) || entry.seq() < left, entry::toString);
      }
      Checker checker = new Checker(history).acknowledged(acks);
      for (ChatClient writer : writers) {
        Await.until(writer.user() + " has all", () -> writer.tail(room) >= history.end());
        checker.saw(writer.transcript(room));
      }
      for (ChatClient session : sessions) {
        Await.until("told that it is out", () -> !session.events("membership", room).isEmpty());
        // The answer comes behind all that the session was sent before.
        historyIsRefused(session);
        checker.saw(session.transcript(room));
        nothingAfter(session, left);
      }
      checker.assertClean();
    }

    private boolean ends(JsonObject event, boolean membership) {
      return membership
          ? "left".equals(event.getString("change"))
          : "left".equals(event.getString("ev"))
              && event.getJsonArray("users", new JsonArray()).contains(gone);
    }

    private void nothingAfter(ChatClient session, long left) {
      boolean out = false;
      for (ChatClient.Heard heard : session.events()) {
        JsonObject event = heard.json();
        boolean here = room.equals(event.getString("conversation"));
        boolean membership = "membership".equals(event.getString("ev"));
        assertTrue(!out || !here || membership, () -> "after left: " + event);
        assertTrue(!here || event.getLong("seq", 0L) <= left, () -> "above left: " + event);
        out |= here && ends(event, membership);
      }
    }

    private void historyIsRefused(ChatClient session) throws Exception {
      JsonObject ask = new JsonObject().put("op", "history").put("conversation", room);
      try {
        Await.get(session.ask(ask.put("after", 0).put("limit", 10)));
        throw new AssertionError("history is told");
      } catch (ChatException refused) {
        assertEquals("not_a_member", refused.code());
      }
    }
  }
}
