package io.hubbub.system.soak;

import io.hubbub.system.harness.Cluster;
import java.util.Random;
import java.util.Set;

/**
 * Something that goes wrong, and is over again when {@link Act#happen} returns.
 *
 * @param name what goes wrong
 * @param effects what may be expected all the same, and what not
 * @param act makes it happen
 */
record Fault(String name, Set<Effect> effects, Act act) {
  /** What a fault does to promises that hold otherwise. */
  enum Effect {
    /** Commands may wait for the database for as long as it is away. */
    WORK_WAITS,
    /** Readers whose connections stay are told within ten seconds, while it lasts. */
    READERS_SEE,
    /** The database's clock does not go with that of clients. */
    TIMES_DIFFER,
    /** The log goes back: what was acknowledged since the copy is lost, and everybody is told. */
    LOG_GOES_BACK
  }

  /** Makes a fault happen, and ends it. */
  @FunctionalInterface
  interface Act {
    /** Blocks until it is over. */
    void happen(Cluster cluster, Random random, Moments moments) throws Exception;
  }

  boolean has(Effect effect) {
    return effects.contains(effect);
  }
}
