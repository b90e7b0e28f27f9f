package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.Chatter.Done;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.hubbub.system.harness.Cut;
import io.hubbub.system.harness.Cut.Manner;
import io.hubbub.system.harness.Network;
import io.hubbub.system.harness.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A home that loses the database, and it alone, holds up its conversations only until the others
 * know: it is in view and answers, but can do nothing.
 */
@ClusterTest(own = true, nodes = 3, apart = true)
@Tag("slow")
@Timeout(300)
class CutFromDatabaseTest {
  private static final int HOME = 1;
  private static final int RATE = 60;
  private static final Duration HELD = Duration.ofSeconds(35);

  /** A statement's time (10 s), its grace (2 s), and two digests that say so. */
  private static final Duration KNOWN = Duration.ofSeconds(20);

  private final Cluster cluster;
  private final Network network;

  CutFromDatabaseTest(Cluster cluster) {
    this.cluster = cluster;
    this.network = cluster.network();
  }

  @AfterEach
  void heal() throws Exception {
    network.heal();
  }

  @Test
  void aHomeCutOffFromTheDatabaseAloneIsGoneRound() throws Exception {
    List<Integer> everywhere = List.of(0, 1, 2);
    Talk talk = new Talk(cluster, "nodb", 9, everywhere, everywhere, RATE);
    assertFalse(talk.roomsOf(HOME).isEmpty(), "some are at home there");
    long cut = System.nanoTime();
    Cut made =
        network.between(
            cluster.node(HOME).place(), cluster.database(), Traffic.DATABASE, Manner.SILENT);
    long until = cut + HELD.toNanos();
    Await.until("it was held", () -> System.nanoTime() > until);
    assertTrue(cluster.node(0).said("cannot reach the database") > 0, "others know");
    assertTrue(cluster.node(HOME).status("/health/ready") == 503, "it is not ready");
    long lastSaid = until - Duration.ofSeconds(5).toNanos();
    Await.until(
        "what was said lately is answered",
        Duration.ofSeconds(5),
        () ->
            talk.chatter().done().stream()
                .filter(done -> done.said() > lastSaid)
                .map(Done::room)
                .collect(Collectors.toSet())
                .containsAll(talk.rooms()));
    made.heal();
    long healed = System.nanoTime();
    Talk.awaitCalm(cluster, List.of(talk));
    long calm = System.nanoTime();
    talk.judge();
    long answered = talk.slowestAnswer(cut, lastSaid);
    System.out.printf(
        "a home cut off from the database for %d s: the slowest message was acknowledged after"
            + " %d ms; healed, as before after %d ms%n",
        HELD.toSeconds(), answered, (calm - healed) / 1_000_000);
    assertTrue(answered < KNOWN.toMillis(), () -> "acknowledged after " + answered + " ms");
  }
}
