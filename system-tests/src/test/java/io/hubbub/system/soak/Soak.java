package io.hubbub.system.soak;

import io.hubbub.system.harness.Cluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Every fault once, in random order by seed, then again, until something is wrong or time is up.
 */
final class Soak implements AutoCloseable {
  private static final int NODES = 3;

  private final long seed;
  private final Random random;
  private final Cluster cluster;
  private String first = "";

  private Soak(long seed, Cluster cluster) {
    this.seed = seed;
    this.random = new Random(seed);
    this.cluster = cluster;
  }

  /** Starts the nodes; what is in the given places wins over the product's classes. */
  static Soak open(long seed, List<Path> before) throws Exception {
    return new Soak(seed, Cluster.apart(NODES, true, List.of(), before));
  }

  /** Lets the first fault be the one of a name. */
  Soak beginningWith(String fault) {
    if (Faults.all().stream().noneMatch(known -> known.name().equals(fault))) {
      throw new IllegalArgumentException("no such fault: " + fault);
    }
    first = fault;
    return this;
  }

  /** What was wrong in the first round that was not fine; nothing when time was up before. */
  List<String> run(Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    List<Fault> deck = new ArrayList<>();
    for (int round = 1; System.nanoTime() < end; round++) {
      if (deck.isEmpty()) {
        deck.addAll(Faults.all());
        Collections.shuffle(deck, random);
        deck.sort(Comparator.comparing(fault -> !fault.name().equals(first)));
        first = "";
      }
      Fault fault = deck.remove(0);
      List<String> wrong =
          new Round(cluster, "s" + seed + "-" + round, new Random(random.nextLong())).run(fault);
      if (!wrong.isEmpty()) {
        List<String> told = new ArrayList<>();
        told.add("seed " + seed + ", round " + round + ": " + fault.name());
        told.addAll(wrong);
        return told;
      }
    }
    return List.of();
  }

  /** The last lines that the nodes have written. */
  String tails() {
    return cluster.tails();
  }

  @Override
  public void close() throws IOException {
    cluster.close();
  }
}
