package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.hubbub.system.harness.NodeProcess;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Promises 2 and 3 while each conversation has two homes: a partition leaves both halves with the
 * database, and both write.
 */
@ClusterTest(own = true, nodes = 3, apart = true)
@Tag("slow")
@Timeout(300)
class TwoHomesTest {
  private static final String DISAGREE = "The database and the cluster disagree";
  private static final String AGREE = "The database and the cluster agree again";
  private static final String HERE = "is here";
  private static final int RATE = 60;
  private static final int KEYS = 20;

  /** How long both halves go on by themselves. */
  private static final Duration APART = Duration.ofSeconds(15);

  /** Within which a reader sees what the other half wrote. */
  private static final Duration TOLD = Duration.ofSeconds(10);

  private final Cluster cluster;

  TwoHomesTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void bothHalvesOfAPartitionWriteAndEverybodySeesTheSameBeforeItHeals() throws Exception {
    String shared = cluster.room("Both", "both", List.of());
    ChatClient left = cluster.online("both", 0);
    ChatClient right = cluster.online("both", 2);
    List<Integer> reading = List.of(0, 2);
    List<Talk> talks =
        List.of(
            new Talk(cluster, "everywhere", 4, List.of(0, 1, 2), reading, RATE),
            // What only one side writes, nothing else on the other side tells of.
            new Talk(cluster, "on-the-left", 4, List.of(0, 1), reading, RATE),
            new Talk(cluster, "on-the-right", 4, List.of(2), reading, RATE));
    long here = seen();

    long cut = System.nanoTime();
    var partition =
        cluster
            .network()
            .apart(
                List.of(cluster.node(0).place(), cluster.node(1).place()),
                List.of(cluster.node(2).place()));
    for (NodeProcess node : cluster.nodes()) {
      node.await("alone", () -> node.said(DISAGREE) > node.said(AGREE) && node.said("is gone") > 0);
    }
    long split = System.nanoTime();
    double leftRows = rows(0) + rows(1);
    double rightRows = rows(2);
    oneKeyOnBothSides(shared, left, right);
    long until = split + APART.toNanos();
    Await.until("both halves went on", () -> System.nanoTime() > until);
    for (Talk talk : talks) {
      talk.awaitAll(until, TOLD);
    }
    assertTrue(rows(0) + rows(1) > leftRows + 5 * RATE, "the left half wrote");
    assertTrue(rows(2) > rightRows + 5 * RATE, "the right half wrote");
    for (NodeProcess node : cluster.nodes()) {
      assertTrue(node.said(DISAGREE) > node.said(AGREE), "still apart");
    }
    assertTrue(cluster.metric("hubbub_view_contested_seconds_total", "") > 0, "it is counted");
    long told = slowest(talks, split, until);
    long blind = slowest(talks, cut, split);
    long answered =
        talks.stream().mapToLong(talk -> talk.slowestAnswer(cut, split)).max().orElse(0);

    long healed = System.nanoTime();
    partition.heal();
    for (NodeProcess node : cluster.nodes()) {
      node.await("in agreement", () -> node.said(AGREE) == node.said(DISAGREE));
    }
    Await.until("all see each other", () -> seen() >= here + 4);
    long whole = System.nanoTime();
    Talk.awaitCalm(cluster, talks);
    long normal = System.nanoTime();
    for (Talk talk : talks) {
      talk.judge();
    }
    System.out.printf(
        "two homes: apart after %d ms, until then the slowest message took %d ms to its"
            + " acknowledgement and %d ms more to a reader; with two homes %d ms to the other side;"
            + " healed, whole after %d ms, as quick as before after %d ms%n",
        millis(split - cut),
        answered,
        blind,
        told,
        millis(whole - healed),
        millis(normal - healed));
    assertTrue(told < TOLD.toMillis(), () -> "told after " + told + " ms");
  }

  /** The same keys at the same time on both sides: the same numbers. */
  private static void oneKeyOnBothSides(String room, ChatClient left, ChatClient right)
      throws Exception {
    List<CompletableFuture<JsonObject>> answers = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      for (ChatClient client : List.of(left, right)) {
        answers.add(client.send(room, "both-" + i, "said on both sides"));
      }
    }
    for (int i = 0; i < KEYS; i++) {
      JsonObject one = Await.get(answers.get(2 * i));
      JsonObject other = Await.get(answers.get(2 * i + 1));
      assertEquals(one.getLong("seq"), other.getLong("seq"));
      assertEquals(one.getLong("at"), other.getLong("at"));
      assertTrue(
          one.getBoolean("duplicate", false) ^ other.getBoolean("duplicate", false),
          "one is the duplicate of the other");
    }
    assertEquals(KEYS, left.history(room).messages().size());
  }

  private static long slowest(List<Talk> talks, long from, long to) {
    return talks.stream().mapToLong(talk -> talk.slowest(from, to)).max().orElse(0);
  }

  private double rows(int node) throws Exception {
    return cluster.node(node).metric("hubbub_append_batch_sum");
  }

  /** How often a node has come into the view of another. */
  private long seen() {
    return cluster.nodes().stream().mapToLong(node -> node.said(HERE)).sum();
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
