package io.hubbub.presence;

import java.util.Random;
import org.junit.jupiter.api.Assertions;

/** Runs a random story again and again, each with a seed of its own that a failure names. */
final class Seeds {
  private Seeds() {}

  /** A random story; fails by an assertion. */
  interface Story {
    void tell(Random random) throws Exception;
  }

  static void each(int stories, Story story) {
    for (long seed = 1; seed <= stories; seed++) {
      try {
        story.tell(new Random(seed));
      } catch (Exception | AssertionError failure) {
        Assertions.fail("seed " + seed + ": " + failure.getMessage(), failure);
      }
    }
  }
}
