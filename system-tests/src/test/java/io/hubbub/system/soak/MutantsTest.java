package io.hubbub.system.soak;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What looks for bugs finds them: each of these is put into the product, and found in time. */
@Tag("slow")
class MutantsTest {
  private static final Duration IN_TIME = Duration.ofMinutes(5);
  private static final String API = "api/src/main/java/io/hubbub/api/";
  private static final String HISTORY = "history-verticle/src/main/java/io/hubbub/history/";

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
  void anAcknowledgementBeforeTheCommitIsFound() throws Exception {
    found(
        30,
        "acknowledged ",
        new Mutant(
            "an acknowledgement before the commit",
            HISTORY + "db/PgLane.java",
            """
                    connection
                        .preparedQuery(APPEND)
                        .execute(AppendCodec.encode(commands, deadline))
            """,
            """
                    connection
                        .query("BEGIN")
                        .execute()
                        .compose(
                            begun ->
                                connection
                                    .preparedQuery(APPEND)
                                    .execute(AppendCodec.encode(commands, deadline)))
                        .onSuccess(
                            rows -> connection.query("SELECT pg_sleep(0.05); COMMIT").execute())
            """));
  }

  @Test
  void digestsThatAreNeverSentAreFound() throws Exception {
    found(
        27,
        " saw ",
        new Mutant(
            "digests that are never sent",
            API + "hub/HomeWatch.java",
            "    long asked = System.nanoTime();",
            """
                long asked = System.nanoTime();
                if (asked != 0) {
                  return;
                }
            """));
  }

  @Test
  void noDeadlineIsFound() throws Exception {
    found(
        10,
        " appeared ",
        new Mutant(
            "no deadline",
            HISTORY + "Receipt.java",
            "long deadline = since + deadlineMillis;",
            "long deadline = Long.MAX_VALUE - since % 2;"));
  }

  @Test
  void lowerNumbersThatAreAcceptedAreFound() throws Exception {
    found(
        18,
        " entries twice",
        new Mutant(
            "lower numbers accepted",
            API + "log/Follower.java",
            "      if (seq == next) {",
            """
                  if (seq <= next) {
                    next = seq;
            """));
  }

  @Test
  void rightsFromMemoryAreFound() throws Exception {
    found(
        40,
        " is of nobody who was a member",
        new Mutant(
            "rights from memory",
            HISTORY + "db/AppendCodec.java",
            "privileged[i] = command.privileged();",
            "privileged[i] = command.privileged() || System.getProperties()"
                + ".put(command.conversation() + command.user(), \"known\") != null;"));
  }
}
