package io.hubbub.system.soak;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Nothing is lost, doubled, reordered or leaked, whatever fails. Minutes by {@code
 * -Dhubbub.soak.minutes}, the order of faults by {@code -Dhubbub.soak.seed}; {@code
 * system-tests/soak} gives both.
 */
class SoakTest {
  private static final long SEED = Long.getLong("hubbub.soak.seed", 1);
  private static final long MINUTES = Long.getLong("hubbub.soak.minutes", 2);

  @Test
  @Tag("slow")
  void whateverFailsNothingIsLostDoubledReorderedOrLeaked() throws Exception {
    try (Soak soak = Soak.open(SEED, List.of())) {
      List<String> wrong = soak.run(Duration.ofMinutes(MINUTES));
      if (!wrong.isEmpty()) {
        System.out.println(soak.tails());
        fail(String.join("\n", wrong.subList(0, Math.min(30, wrong.size()))));
      }
    }
  }
}
