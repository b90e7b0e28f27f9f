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
import org.junit.jupiter.api.Timeout;

/** What looks for bugs finds them: each of these is put into the product, and found in time. */
@Timeout(600)
class MutantsTest {
  private static final Duration IN_TIME = Duration.ofMinutes(5);

  /** The soak begins with the fault that should show it; the verdict says what must be found. */
  private static void found(String fault, String verdict, Mutant mutant) throws Exception {
    try (Soak soak = Soak.open(1, List.of(mutant.compile())).beginningWith(fault)) {
      long begin = System.nanoTime();
      List<String> wrong = soak.run(IN_TIME);
      long nanos = System.nanoTime() - begin;
      assertTrue(
          wrong.stream().anyMatch(each -> each.contains(verdict)),
          () -> mutant.name() + " is not found: " + wrong);
      System.out.printf(
          "%s: found after %d s: %s%n",
          mutant.name(),
          nanos / 1_000_000_000,
          wrong.stream().filter(each -> each.contains(verdict)).findFirst().orElse(""));
      assertTrue(nanos <= IN_TIME.toNanos(), "it is found too late");
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
    found("the database is killed", "acknowledged ", Mutants.EARLY_ACKNOWLEDGEMENT);
  }

  @Test
  @Tag("slow")
  void digestsThatAreNeverSentAreFound() throws Exception {
    found("the bus is cut between two nodes", " late ", Mutants.NO_DIGESTS);
  }

  @Test
  @Tag("slow")
  void noDeadlineIsFound() throws Exception {
    found("a home pauses while an edge that talks to it dies", " appeared ", Mutants.NO_DEADLINE);
  }

  @Test
  @Tag("slow")
  void lowerNumbersThatAreAcceptedAreFound() throws Exception {
    found("bus connections are reset", " entries twice", Mutants.LOWER_NUMBERS);
  }

  @Test
  @Tag("slow")
  void aSeatThatStaysWhenItsUserLeavesIsFound() throws Exception {
    found("bus connections are reset", " out since before that", Mutants.SEAT_STAYS);
  }

  @Test
  @Tag("slow")
  void rightsFromMemoryAreFound() throws Exception {
    found(
        "its connections are terminated",
        " is of nobody who was a member",
        Mutants.RIGHTS_FROM_MEMORY);
  }
}
