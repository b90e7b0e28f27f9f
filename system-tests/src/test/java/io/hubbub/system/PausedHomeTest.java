package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import io.hubbub.system.harness.ConversationLock;
import io.hubbub.system.harness.NodeProcess;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Promises 2, 3 and 8 when a home stands still for long, others take its place, and it goes on with
 * all that it had in its buffers.
 */
@ClusterTest(own = true, nodes = 3)
@Tag("slow")
@Timeout(300)
class PausedHomeTest {
  private static final int PAUSED = 1;
  private static final int RATE = 200;
  private static final int BATCH = 50;

  /** For how long it stands still: well past its takeover. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  /** Within which the others must have taken over. */
  private static final Duration TAKEOVER = Duration.ofSeconds(12);

  private final Cluster cluster;

  PausedHomeTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void aHomePausedPastItsTakeoverDoesNothingLateAndNothingForWhoWasRemovedMeanwhile()
      throws Exception {
    Talk talk = new Talk(cluster, "pause", 12, List.of(0, 1, 2), List.of(0, 2), RATE);
    assertFalse(talk.roomsOf(PAUSED).isEmpty(), "it is the home of some");
    String room = own("removed");
    ChatClient here = cluster.client("removed", PAUSED).staysAway();
    Await.get(here.connect());
    ChatClient elsewhere = cluster.online("removed", 0);
    NodeProcess node = cluster.node(PAUSED);

    List<ChatClient> others = List.of(talk.talkers().get(0), talk.talkers().get(2));
    ConversationLock lock = ConversationLock.of(cluster.postgres(), List.of(room));
    List<CompletableFuture<JsonObject>> through;
    List<CompletableFuture<JsonObject>> asked;
    long stopped;
    try {
      through = say(elsewhere, room, "elsewhere");
      Await.until("the home is at it", () -> !lock.waiting().isEmpty());
      Set<Integer> atIt = lock.waiting();
      stopped = System.nanoTime();
      node.signal("STOP");
      asked = say(here, room, "before");
      Await.until("the database gives up", () -> Collections.disjoint(atIt, lock.waiting()));
    } finally {
      lock.close();
    }
    Rest owner = cluster.rest(0, "owner");
    Await.until(
        "removed",
        () -> owner.delete("/v1/rooms/" + room + "/members/removed").status() / 100 == 2);
    long removed = System.nanoTime();
    asked.addAll(say(here, room, "after"));
    for (int i : List.of(0, 2)) {
      NodeProcess other = cluster.node(i);
      other.await("rid of it", () -> other.said("Node " + node.id() + " is gone") > 0);
    }
    long gone = System.nanoTime();
    Await.until("the pause is over", () -> System.nanoTime() - stopped > PAUSE.toNanos());
    node.signal("CONT");

    long continued = System.nanoTime();
    node.await("past its old work", () -> node.metric("hubbub_append_expired_total") > 0);
    for (CompletableFuture<JsonObject> answer : asked) {
      assertEquals("not_a_member", refusal(answer));
    }
    for (CompletableFuture<JsonObject> answer : through) {
      Await.get(answer.handle((ok, failure) -> "answered"));
    }
    node.awaitReady();
    Talk.awaitCalm(cluster, List.of(talk));
    long calm = System.nanoTime();
    assertEquals("not_a_member", refusal(here.send(room, "later", "later")));
    judgeRemoved(room, List.of(here, elsewhere));
    talk.judge();
    long waited = talk.slowestAnswer(others, stopped, continued);
    System.out.printf(
        "paused home: out of view after %d ms, those elsewhere waited %d ms at most, a member was"
            + " removed after %d ms; continued, %.0f commands were too late, as before after %d ms%n",
        millis(gone - stopped),
        waited,
        millis(removed - stopped),
        node.metric("hubbub_append_expired_total"),
        millis(calm - continued));
    assertTrue(waited < TAKEOVER.toMillis(), () -> "waited " + waited + " ms");
    assertTrue(cluster.metric("hubbub_append_foreign_total", "") > 0, "others did its work");
    assertTrue(cluster.metric("hubbub_commands_resent_total", "") > 0, "and were sent it");
  }

  /** A room whose home is the node that will be paused. */
  private String own(String member) throws Exception {
    List<Integer> all = List.of(0, 1, 2);
    while (true) {
      String room = cluster.room("Removed", "owner", List.of(member));
      if (cluster.home(room, all) == PAUSED) {
        return room;
      }
    }
  }

  private static List<CompletableFuture<JsonObject>> say(
      ChatClient client, String room, String when) {
    List<CompletableFuture<JsonObject>> answers = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      answers.add(client.send(room, when + "-" + i, when));
    }
    return answers;
  }

  private static String refusal(CompletableFuture<JsonObject> answer) throws Exception {
    try {
      return "ok " + Await.get(answer);
    } catch (ChatException e) {
      return e.code();
    }
  }

  /** Nothing of the one who was removed comes after that, and nothing to them. */
  private void judgeRemoved(String room, List<ChatClient> sessions) throws Exception {
    ChatClient owner = cluster.online("owner", 0);
    Transcript history = owner.history(room);
    Checker checker = new Checker(history);
    long left =
        history.entries().stream()
            .filter(e -> e.ev().equals("left"))
            .findFirst()
            .orElseThrow()
            .seq();
    for (Seen entry : history.entries()) {
      assertTrue(!entry.from().equals("removed") || entry.seq() < left, entry::toString);
    }
    Await.get(owner.send(room, "last", "for members only"));
    for (ChatClient session : sessions) {
      checker.saw(session.transcript(room));
      assertTrue(session.tail(room) <= left, () -> "was told " + session.events());
    }
    checker.assertClean();
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
