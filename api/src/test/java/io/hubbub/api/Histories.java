package io.hubbub.api;

import java.util.Random;
import java.util.function.Consumer;

/** Runs a law over random histories; a failure names the seed that shows it again. */
public final class Histories {
  private Histories() {}

  /** Each history gets a source of chance of its own: {@code -Dhubbub.seed} runs only that one. */
  public static void each(int count, Consumer<Random> law) {
    Long only = Long.getLong("hubbub.seed");
    for (long seed = only == null ? 1 : only; only == null ? seed <= count : seed == only; seed++) {
      try {
        law.accept(new Random(seed * 0x9e3779b97f4a7c15L));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("in the history -Dhubbub.seed=" + seed + ": " + e, e);
      }
    }
  }
}
