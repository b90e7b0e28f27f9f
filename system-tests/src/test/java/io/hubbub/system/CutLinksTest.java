package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.hubbub.system.harness.Cut;
import io.hubbub.system.harness.Cut.Manner;
import io.hubbub.system.harness.Network;
import io.hubbub.system.harness.NodeProcess;
import io.hubbub.system.harness.Place;
import io.hubbub.system.harness.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An edge that does not reach one home, or is not reached by it, or whose interest never came
 * there, is told every message within ten seconds all the same, and its own get through.
 */
@ClusterTest(own = true, nodes = 3, apart = true)
@Tag("slow")
@Timeout(300)
class CutLinksTest {
  private static final int EDGE = 0;
  private static final int HOME = 1;
  private static final int OTHER = 2;
  private static final int RATE = 60;

  /** For how long a link stays cut. */
  private static final Duration HELD = Duration.ofSeconds(14);

  private static final Duration TOLD = Duration.ofSeconds(10);

  private final Cluster cluster;
  private final Network network;
  private final Place edge;
  private final Place home;

  CutLinksTest(Cluster cluster) {
    this.cluster = cluster;
    this.network = cluster.network();
    this.edge = cluster.node(EDGE).place();
    this.home = cluster.node(HOME).place();
  }

  @AfterEach
  void heal() throws Exception {
    network.heal();
  }

  @Test
  void anInterestThatWasLostOnItsWayIsToldAgain() throws Exception {
    Talk talk = new Talk(cluster, "lost", 9, List.of(HOME, OTHER), List.of(OTHER), RATE);
    assertFalse(talk.roomsOf(HOME).isEmpty(), "some are at home there");
    NodeProcess node = cluster.node(EDGE);
    double asked = node.metric("hubbub_link_asked_total", "commands");
    network.between(edge, home, Traffic.BUS, Manner.RESET);
    ChatClient reader = cluster.online(talk.readers().get(0).user(), EDGE);
    talk.joins(reader);
    long online = System.nanoTime();
    node.await("lost", () -> node.metric("hubbub_link_asked_total", "commands") > asked);
    network.heal();
    long healed = System.nanoTime();
    talk.goesOn(RATE * 10);
    long until = System.nanoTime();
    talk.awaitAll(until, TOLD);
    Talk.awaitCalm(cluster, List.of(talk));
    talk.judge();
    long told = talk.slowestSinceSaid(online, until);
    System.out.printf(
        "interest lost with a reset connection, which stayed away for %d ms: told after %d ms%n",
        millis(healed - online), told);
    assertTrue(told < TOLD.toMillis(), () -> "told after " + told + " ms");
  }

  @Test
  void anEdgeCutOffFromOneHomeOnTheBusAloneIsToldAndHeard() throws Exception {
    cutOff("bus", () -> network.between(edge, home, Traffic.BUS, Manner.SILENT));
  }

  @Test
  void anEdgeCutOffFromOneHomeAltogetherIsToldAndHeard() throws Exception {
    cutOff("link", () -> network.between(edge, home, Traffic.ALL, Manner.SILENT));
  }

  @Test
  void anEdgeThatDoesNotReachOneHomeOnTheBusIsToldAndHeard() throws Exception {
    cutOff("bus-there", () -> network.oneWay(edge, home, Traffic.BUS, Manner.SILENT));
  }

  @Test
  void anEdgeThatOneHomeDoesNotReachOnTheBusIsToldAndHeard() throws Exception {
    cutOff("bus-back", () -> network.oneWay(home, edge, Traffic.BUS, Manner.SILENT));
  }

  @Test
  void anEdgeThatDoesNotReachOneHomeAtAllIsToldAndHeard() throws Exception {
    cutOff("link-there", () -> network.oneWay(edge, home, Traffic.ALL, Manner.SILENT));
  }

  @Test
  void anEdgeThatOneHomeDoesNotReachAtAllIsToldAndHeard() throws Exception {
    cutOff("link-back", () -> network.oneWay(home, edge, Traffic.ALL, Manner.SILENT));
  }

  /** Makes a cut. */
  private interface Fault {
    Cut make() throws Exception;
  }

  private void cutOff(String name, Fault fault) throws Exception {
    List<Integer> everywhere = List.of(EDGE, HOME, OTHER);
    Talk talk = new Talk(cluster, name, 9, everywhere, List.of(EDGE, HOME), RATE);
    assertFalse(talk.roomsOf(HOME).isEmpty(), "some are at home there");
    NodeProcess node = cluster.node(EDGE);
    double missed = node.metric("hubbub_digests_missed_total");
    long cut = System.nanoTime();
    Cut made = fault.make();
    long until = cut + HELD.toNanos();
    Await.until("it was held", () -> System.nanoTime() > until);
    assertTrue(node.metric("hubbub_digests_missed_total") > missed, "the home was silent");
    talk.awaitAll(until, TOLD);
    long healed = System.nanoTime();
    made.heal();
    Talk.awaitCalm(cluster, List.of(talk));
    long calm = System.nanoTime();
    talk.judge();
    long answered = talk.slowestAnswer(cut, calm);
    long told = talk.slowestSinceSaid(cut, calm);
    System.out.printf(
        "cut off (%s): the slowest message was acknowledged after %d ms and told after %d ms;"
            + " healed, as before after %d ms%n",
        name, answered, told, millis(calm - healed));
    assertTrue(answered < TOLD.toMillis(), () -> "acknowledged after " + answered + " ms");
    assertTrue(told < TOLD.toMillis(), () -> "told after " + told + " ms");
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
