package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Checker;
import io.hubbub.system.client.Crowd;
import io.hubbub.system.client.Transcript;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.hubbub.system.harness.PostgresFiles;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A log that went back is never passed off as the old one, an ordinary restart is; promise 9. */
@ClusterTest(own = true, nodes = 2)
@Timeout(300)
class OlderCopyTest {
  private static final int SOME = 20;
  private static final Duration STOPPED = Duration.ofSeconds(60);

  private final Cluster cluster;
  private int keys;

  OlderCopyTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @AfterEach
  void mend() throws Exception {
    cluster.mend();
  }

  /** Three people who are in a room, and what they hold of it. */
  private final class People {
    final String room;
    final ChatClient online;
    final ChatClient other;
    final ChatClient early;
    final ChatClient late;
    PostgresFiles copy;
    String epoch;
    long lost;

    /** The copy lacks what {@code late} holds, but has all that {@code early} does. */
    People(String name) throws Exception {
      List<String> users = List.of(name + "-1", name + "-2", name + "-early", name + "-late");
      room = cluster.room(name, users.get(0), users);
      online = cluster.online(users.get(0), 0);
      other = cluster.online(users.get(1), 1);
      early = cluster.client(users.get(2), 0).staysAway();
      late = cluster.client(users.get(3), 1).staysAway();
      Await.get(early.connect());
      Await.get(late.connect());
      say(SOME);
      Await.until("early has it", () -> early.tail(room) == online.tail(room));
      early.drop();
      say(SOME);
      copy = cluster.postgres().copy();
      say(SOME);
      say(SOME);
      lost = online.tail(room);
      Await.until("all have it", () -> other.tail(room) == lost && late.tail(room) == lost);
      late.drop();
      epoch = cluster.sql("SELECT epoch FROM meta");
    }

    void say(int messages) throws Exception {
      for (int i = 0; i < messages; i++) {
        Await.get(online.send(room, "k" + keys++, "text " + keys));
      }
      Await.until(
          "the log is there", () -> online.tail(room) == head() && other.tail(room) == head());
    }

    long head() throws Exception {
      return Long.parseLong(cluster.sql("SELECT head FROM conversation WHERE id = '" + room + "'"));
    }

    /** How many milliseconds after the server's return both were told. */
    long toldReset(long answered) throws Exception {
      for (ChatClient client : List.of(online, other)) {
        Await.until(
            client.user() + " is told reset", () -> !client.events("reset", room).isEmpty());
      }
      return (System.nanoTime() - answered) / 1_000_000;
    }

    /** Those who were away come back after the log has passed the number that was lost. */
    void comeBackLater() throws Exception {
      while (head() <= lost + SOME) {
        say(SOME);
      }
      Await.get(early.connect());
      Await.get(late.connect());
      Await.until("late is told reset", () -> !late.events("reset", room).isEmpty());
      say(SOME);
      Transcript history = online.history(room);
      Checker checker = new Checker(history);
      for (ChatClient client : List.of(online, other, early, late)) {
        Await.until(client.user() + " has all", () -> client.tail(room) == history.end());
        checker.saw(client.transcript(room));
      }
      checker.assertClean();
      assertEquals(List.of(), early.events("reset", room), "what early holds is in the log");
    }
  }

  @Test
  @Tag("slow")
  void behindRunningNodesEverybodyWithNewerEntriesIsToldReset() throws Exception {
    People people = new People("running");
    cluster.postgres().stop();
    cluster.postgres().putBack(people.copy);
    cluster.postgres().restart();
    long millis = people.toldReset(System.nanoTime());
    String epoch = cluster.sql("SELECT epoch FROM meta");
    assertNotEquals(people.epoch, epoch);
    JsonObject reset = people.online.events("reset", people.room).get(0);
    assertEquals(epoch, reset.getString("epoch"));
    assertTrue(cluster.metric("hubbub_epoch_changes_total", "") > 0, "it is counted");
    assertTrue(cluster.metric("hubbub_resets_total", "") > 0, "so are those who were told");
    people.comeBackLater();
    System.out.printf(
        "an older copy put back behind running nodes: all told reset after %d ms%n", millis);
  }

  /** What gathered while the server was away is done at its return, before anybody can be told. */
  @Test
  @Tag("slow")
  void aLogThatPassesAtOnceWhereItWasIsNotTakenForItsContinuation() throws Exception {
    People people = new People("passing");
    cluster.postgres().stop();
    cluster.postgres().putBack(people.copy);
    List<CompletableFuture<JsonObject>> gathered = new ArrayList<>();
    for (int i = 0; i < 4 * SOME; i++) {
      gathered.add(people.online.send(people.room, "gathered-" + i, "while it was away"));
    }
    cluster.postgres().restart();
    long answered = System.nanoTime();
    for (CompletableFuture<JsonObject> each : gathered) {
      Await.get(each);
    }
    assertTrue(people.head() > people.lost, "the log has passed what was lost");
    long millis = people.toldReset(answered);
    people.comeBackLater();
    System.out.printf(
        "an older copy put back, and passed at once: all told reset after %d ms%n", millis);
  }

  @Test
  @Tag("slow")
  void withNodesStartedAnewEverybodyWithNewerEntriesIsToldReset() throws Exception {
    People people = new People("anew");
    for (int i = 0; i < cluster.size(); i++) {
      cluster.node(i).terminate();
    }
    for (int i = 0; i < cluster.size(); i++) {
      cluster.node(i).exitCode(STOPPED);
    }
    cluster.postgres().stop();
    cluster.postgres().putBack(people.copy);
    cluster.postgres().restart();
    long answered = System.nanoTime();
    cluster.restartAll();
    long millis = people.toldReset(answered);
    people.comeBackLater();
    System.out.printf(
        "an older copy put back and nodes started anew: all told reset after %d ms%n", millis);
  }

  @Test
  @Tag("slow")
  void afterAnOrdinaryRestartNobodyIsToldResetAndNothingIsMissing() throws Exception {
    String epoch = cluster.sql("SELECT epoch FROM meta");
    try (Crowd crowd = Crowd.talking(cluster, "ordinary", 150)) {
      cluster.postgres().kill();
      cluster.postgres().restart();
      crowd.resumedAfter(System.nanoTime());
      cluster.postgres().stop();
      cluster.postgres().restart();
      crowd.resumedAfter(System.nanoTime());
      for (int i = 0; i < cluster.size(); i++) {
        cluster.node(i).terminate();
        cluster.node(i).exitCode(STOPPED);
        cluster.restart(i);
      }
      crowd.goOn(SOME);
      crowd.stopAndJudge();
      for (ChatClient client : crowd.clients()) {
        assertTrue(
            client.events().stream().noneMatch(one -> one.json().getString("ev").equals("reset")));
      }
    }
    assertEquals(epoch, cluster.sql("SELECT epoch FROM meta"));
  }
}
