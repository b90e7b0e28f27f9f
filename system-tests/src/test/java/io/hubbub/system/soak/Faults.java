package io.hubbub.system.soak;

import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ConversationLock;
import io.hubbub.system.harness.Cut;
import io.hubbub.system.harness.Cut.Manner;
import io.hubbub.system.harness.FakeClock;
import io.hubbub.system.harness.NodeProcess;
import io.hubbub.system.harness.Place;
import io.hubbub.system.harness.PostgresFiles;
import io.hubbub.system.harness.Traffic;
import io.hubbub.system.soak.Fault.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Everything that goes wrong in a soak. */
final class Faults {
  private static final Duration GRACE = Duration.ofSeconds(60);

  /** A little more than {@code database.lock} of nodes by default. */
  private static final Duration LOCK_WAITS = Duration.ofSeconds(6);

  private Faults() {}

  /** All of them, each once. */
  static List<Fault> all() {
    return List.of(
        fault("a node is killed", Faults::killed),
        fault("a node pauses past its takeover", Faults::paused),
        fault("a home pauses while an edge that talks to it dies", Faults::pausedAndKilled),
        fault("a node stops for a moment", Faults::stops),
        fault("a partition", Faults::partition, Effect.READERS_SEE),
        fault("the bus is cut between two nodes", Faults::busCut, Effect.READERS_SEE),
        fault("Hazelcast is cut between two nodes", Faults::membersCut, Effect.READERS_SEE),
        fault("a cut one way", Faults::oneWay, Effect.READERS_SEE),
        fault("bus connections are reset", Faults::busResets, Effect.READERS_SEE),
        fault("a node is cut from the database", Faults::cutFromDatabase, Effect.WORK_WAITS),
        fault("the database is killed", Faults::databaseKilled, Effect.WORK_WAITS),
        fault("the database is away", Faults::databaseAway, Effect.WORK_WAITS),
        fault("the database is frozen", Faults::databaseFrozen, Effect.WORK_WAITS),
        fault("the database only reads", Faults::databaseReadOnly, Effect.WORK_WAITS),
        fault("its connections are terminated", Faults::terminated, Effect.WORK_WAITS),
        fault("replies to commits are cut", Faults::repliesCut, Effect.WORK_WAITS),
        fault("homes drown", Faults::drowned, Effect.WORK_WAITS),
        fault(
            "the database's clock steps back and forth",
            Faults::clock,
            Effect.WORK_WAITS,
            Effect.TIMES_DIFFER),
        fault("a node's clock jumps back and forth", Faults::nodeClock),
        fault("nodes restart one after another", Faults::rolling),
        fault("all nodes restart at once", Faults::allAtOnce),
        fault(
            "an older copy is put back",
            Faults::olderCopy,
            Effect.WORK_WAITS,
            Effect.LOG_GOES_BACK));
  }

  private static Fault fault(String name, Fault.Act act, Effect... effects) {
    return new Fault(name, Set.of(effects), act);
  }

  private static void lasts(Duration time) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(time.toMillis());
  }

  private static void lasts(Duration time, Cut cut) throws Exception {
    try {
      lasts(time);
    } finally {
      cut.heal();
    }
  }

  private static void lasts(Duration time, ConversationLock lock) throws Exception {
    try {
      lasts(time);
    } finally {
      lock.close();
    }
  }

  private static int any(Cluster cluster, Random random) {
    return random.nextInt(cluster.size());
  }

  private static int other(Cluster cluster, Random random, int than) {
    return (than + 1 + random.nextInt(cluster.size() - 1)) % cluster.size();
  }

  private static Place place(Cluster cluster, int node) {
    return cluster.node(node).place();
  }

  private static void killed(Cluster cluster, Random random, Moments moments) throws Exception {
    int node = any(cluster, random);
    cluster.node(node).kill();
    lasts(Duration.ofSeconds(2));
    cluster.restart(node);
  }

  private static void paused(Cluster cluster, Random random, Moments moments) throws Exception {
    int any = any(cluster, random);
    NodeProcess node = cluster.node(any);
    moments.paused(any);
    node.signal("STOP");
    lasts(Duration.ofSeconds(15));
    node.signal("CONT");
  }

  /**
   * The home holds a batch of the edge's and has done nothing of it; nobody else can do it in time,
   * as the edge is dead. Under the lock a second's worth gathers at each edge while the home has
   * one command of each. Two calls of {@code append} take those; then the home is sent what has
   * gathered.
   */
  private static void pausedAndKilled(Cluster cluster, Random random, Moments moments)
      throws Exception {
    int home = any(cluster, random);
    int edge = other(cluster, random, home);
    List<String> rooms = roomsOf(cluster, home);
    moments.paused(home);
    ConversationLock lock = ConversationLock.of(cluster.postgres(), rooms);
    try {
      lasts(Duration.ofSeconds(1));
      lock.letThrough();
      lasts(Duration.ofMillis(300));
      lock.letThrough();
      lasts(Duration.ofMillis(300));
      cluster.node(home).signal("STOP");
      cluster.node(edge).kill();
      // The database gives up what waits for the lock, so that nothing is done without the home.
      lasts(LOCK_WAITS);
    } finally {
      lock.close();
    }
    lasts(Duration.ofSeconds(24));
    cluster.node(home).signal("CONT");
    cluster.restart(edge);
  }

  private static List<String> roomsOf(Cluster cluster, int home) throws Exception {
    List<Integer> all = IntStream.range(0, cluster.size()).boxed().toList();
    String rooms = cluster.sql("SELECT string_agg(id::text, ',') FROM conversation");
    return Stream.of(rooms.split(",")).filter(room -> cluster.home(room, all) == home).toList();
  }

  private static void partition(Cluster cluster, Random random, Moments moments) throws Exception {
    int alone = any(cluster, random);
    List<Place> others = new ArrayList<>();
    for (int i = 0; i < cluster.size(); i++) {
      if (i != alone) {
        others.add(place(cluster, i));
      }
    }
    lasts(Duration.ofSeconds(22), cluster.network().apart(List.of(place(cluster, alone)), others));
  }

  /** Shorter than others take to notice. */
  private static void stops(Cluster cluster, Random random, Moments moments) throws Exception {
    int any = any(cluster, random);
    moments.paused(any);
    for (int i = 0; i < 3; i++) {
      cluster.node(any).signal("STOP");
      lasts(Duration.ofMillis(1_000 + random.nextInt(3_000)));
      cluster.node(any).signal("CONT");
      lasts(Duration.ofMillis(random.nextInt(500)));
    }
  }

  private static void membersCut(Cluster cluster, Random random, Moments moments) throws Exception {
    cut(cluster, random, Traffic.MEMBERSHIP);
  }

  private static void busCut(Cluster cluster, Random random, Moments moments) throws Exception {
    cut(cluster, random, Traffic.BUS);
  }

  private static void cut(Cluster cluster, Random random, Traffic traffic) throws Exception {
    int one = any(cluster, random);
    Place other = place(cluster, other(cluster, random, one));
    lasts(
        Duration.ofSeconds(15),
        cluster.network().between(place(cluster, one), other, traffic, Manner.SILENT));
  }

  private static void oneWay(Cluster cluster, Random random, Moments moments) throws Exception {
    int from = any(cluster, random);
    Place to = place(cluster, other(cluster, random, from));
    Traffic traffic = random.nextBoolean() ? Traffic.BUS : Traffic.ALL;
    lasts(
        Duration.ofSeconds(15),
        cluster.network().oneWay(place(cluster, from), to, traffic, Manner.SILENT));
  }

  private static void busResets(Cluster cluster, Random random, Moments moments) throws Exception {
    for (int i = 0; i < 8; i++) {
      int one = any(cluster, random);
      Place other = place(cluster, other(cluster, random, one));
      lasts(
          Duration.ofMillis(100 + random.nextInt(900)),
          cluster.network().between(place(cluster, one), other, Traffic.BUS, Manner.RESET));
      lasts(Duration.ofMillis(random.nextInt(1_000)));
    }
  }

  private static void cutFromDatabase(Cluster cluster, Random random, Moments moments)
      throws Exception {
    Place node = place(cluster, any(cluster, random));
    Place proxy = cluster.network().clients();
    lasts(
        Duration.ofSeconds(10),
        cluster.network().between(node, proxy, Traffic.DATABASE, Manner.SILENT));
  }

  private static void databaseKilled(Cluster cluster, Random random, Moments moments)
      throws Exception {
    for (int i = 0; i < 3; i++) {
      cluster.postgres().kill();
      cluster.postgres().restart();
      lasts(Duration.ofSeconds(2));
    }
  }

  private static void databaseAway(Cluster cluster, Random random, Moments moments)
      throws Exception {
    cluster.proxy().cut();
    lasts(Duration.ofSeconds(8));
    cluster.proxy().heal();
  }

  private static void databaseFrozen(Cluster cluster, Random random, Moments moments)
      throws Exception {
    cluster.postgres().freeze();
    lasts(Duration.ofSeconds(14));
    cluster.postgres().thaw();
  }

  private static void databaseReadOnly(Cluster cluster, Random random, Moments moments)
      throws Exception {
    cluster.postgres().readOnly(true);
    lasts(Duration.ofSeconds(4));
    cluster.postgres().readOnly(false);
  }

  private static void terminated(Cluster cluster, Random random, Moments moments) throws Exception {
    for (int i = 0; i < 20; i++) {
      cluster.postgres().terminateConnections();
      lasts(Duration.ofMillis(random.nextInt(400)));
    }
  }

  private static void repliesCut(Cluster cluster, Random random, Moments moments) throws Exception {
    cluster.proxy().cutReplies(20, 0.3, "append(");
    lasts(Duration.ofSeconds(8));
    cluster.proxy().cutReplies(0, 0, "");
  }

  /** Every conversation is locked by somebody else for longer than commands may wait. */
  private static void drowned(Cluster cluster, Random random, Moments moments) throws Exception {
    lasts(Duration.ofSeconds(4), ConversationLock.all(cluster.postgres()));
  }

  private static void clock(Cluster cluster, Random random, Moments moments) throws Exception {
    try (FakeClock clock = new FakeClock()) {
      clock.ahead(Duration.ofHours(1));
      cluster.postgres().kill();
      cluster.postgres().restart(clock.environment());
      lasts(Duration.ofSeconds(4));
      clock.ahead(Duration.ofHours(-1));
      lasts(Duration.ofSeconds(4));
      cluster.postgres().kill();
      cluster.postgres().restart();
    }
  }

  /** By less than tokens are good for. */
  private static void nodeClock(Cluster cluster, Random random, Moments moments) throws Exception {
    int node = any(cluster, random);
    try (FakeClock clock = new FakeClock()) {
      clock.ahead(Duration.ofMinutes(30));
      restarted(cluster, node, clock.environment());
      lasts(Duration.ofSeconds(3));
      clock.ahead(Duration.ofMinutes(-30));
      lasts(Duration.ofSeconds(3));
      clock.ahead(Duration.ofMinutes(20));
      lasts(Duration.ofSeconds(3));
      restarted(cluster, node, Map.of());
    }
  }

  private static void restarted(Cluster cluster, int node, Map<String, String> environment)
      throws Exception {
    cluster.environment(node, environment);
    cluster.node(node).terminate();
    cluster.node(node).exitCode(GRACE);
    cluster.restart(node);
  }

  private static void rolling(Cluster cluster, Random random, Moments moments) throws Exception {
    for (int i = 0; i < cluster.size(); i++) {
      restarted(cluster, i, Map.of());
    }
  }

  private static void allAtOnce(Cluster cluster, Random random, Moments moments) throws Exception {
    for (int i = 0; i < cluster.size(); i++) {
      cluster.node(i).terminate();
    }
    for (int i = 0; i < cluster.size(); i++) {
      cluster.node(i).exitCode(GRACE);
    }
    cluster.restartAll();
  }

  private static void olderCopy(Cluster cluster, Random random, Moments moments) throws Exception {
    moments.copied();
    PostgresFiles copy = cluster.postgres().copy();
    lasts(Duration.ofSeconds(3));
    cluster.postgres().kill();
    cluster.postgres().putBack(copy);
    cluster.postgres().restart();
    moments.wentBack();
  }
}
