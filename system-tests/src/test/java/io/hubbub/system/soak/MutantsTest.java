package io.hubbub.system.soak;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What looks for bugs finds them: each of these is put into the product, and found in time. */
class MutantsTest {
  private static final Duration IN_TIME = Duration.ofMinutes(5);

  /** The seed decides which fault comes first; the verdict says what must be found. */
  private static void found(long seed, String verdict, Mutant mutant) throws Exception {
    try (Soak soak = Soak.open(seed, List.of(mutant.compile()))) {
      long begin = System.nanoTime();
      List<String> wrong = soak.run(IN_TIME);
      assertTrue(
          wrong.stream().anyMatch(each -> each.contains(verdict)),
          () -> mutant.name() + " is not found: " + wrong);
      System.out.printf(
          "%s: found after %d s: %s%n",
          mutant.name(),
          (System.nanoTime() - begin) / 1_000_000_000,
          wrong.stream().filter(each -> each.contains(verdict)).findFirst().orElse(""));
    }
  }

  @Test
  void everyBugCanStillBePutIn() throws Exception {
    for (Mutant mutant : Mutants.all()) {
      try (Stream<Path> classes = Files.walk(mutant.compile())) {
        assertFalse(
            classes.filter(file -> file.toString().endsWith(".class")).toList().isEmpty(),
            mutant.name());
      }
    }
  }

  @Test
  @Tag("slow")
  void anAcknowledgementBeforeTheCommitIsFound() throws Exception {
    found(30, "acknowledged ", Mutants.EARLY_ACKNOWLEDGEMENT);
  }

  @Test
  @Tag("slow")
  void digestsThatAreNeverSentAreFound() throws Exception {
    found(27, " saw ", Mutants.NO_DIGESTS);
  }

  @Test
  @Tag("slow")
  void noDeadlineIsFound() throws Exception {
    found(10, " appeared ", Mutants.NO_DEADLINE);
  }

  @Test
  @Tag("slow")
  void lowerNumbersThatAreAcceptedAreFound() throws Exception {
    found(18, " entries twice", Mutants.LOWER_NUMBERS);
  }

  @Test
  @Tag("slow")
  void rightsFromMemoryAreFound() throws Exception {
    found(40, " is of nobody who was a member", Mutants.RIGHTS_FROM_MEMORY);
  }
}
