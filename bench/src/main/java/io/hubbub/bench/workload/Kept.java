package io.hubbub.bench.workload;

import io.hubbub.bench.contestant.Contestant;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Looks into the database whether what came back to its senders is there. */
final class Kept {
  private static final int SECONDS = 10;
  private static final int PAUSE_MILLIS = 50;

  private Kept() {}

  /**
   * Waits for messages to be there, as not everybody keeps them before they are delivered.
   *
   * @param least how many there must be
   * @throws IllegalStateException when they are not
   */
  static void check(Contestant contestant, long least) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    OptionalLong kept = contestant.kept();
    while (kept.isPresent() && kept.getAsLong() < least) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("kept " + kept.getAsLong() + " messages of " + least);
      }
      Thread.sleep(PAUSE_MILLIS);
      kept = contestant.kept();
    }
  }
}
