package io.hubbub.system.soak;

import java.util.List;

/** Bugs that break one promise each, as small as such bugs are. */
final class Mutants {
  private static final String API = "api/src/main/java/io/hubbub/api/";
  private static final String HISTORY = "history-verticle/src/main/java/io/hubbub/history/";

  static final Mutant EARLY_ACKNOWLEDGEMENT =
      new Mutant(
          "an acknowledgement before the commit",
          HISTORY + "db/PgLane.java",
          """
                      connection
                          .preparedQuery(APPEND)
                          .execute(AppendCodec.encode(commands, deadline).addBoolean(looks > 0))
          """,
          """
                      connection
                          .query("BEGIN")
                          .execute()
                          .compose(
                              begun ->
                                  connection
                                      .preparedQuery(APPEND)
                                      .execute(AppendCodec.encode(commands, deadline).addBoolean(looks > 0)))
                          .onSuccess(
                              rows -> connection.query("SELECT pg_sleep(0.05); COMMIT").execute())
          """);

  static final Mutant NO_DIGESTS =
      new Mutant(
          "digests that are never sent",
          API + "hub/HomeWatch.java",
          "    long asked = System.nanoTime();",
          """
              long asked = System.nanoTime();
              if (asked != 0) {
                return;
              }
          """);

  static final Mutant NO_DEADLINE =
      new Mutant(
          "no deadline",
          HISTORY + "Receipt.java",
          "long deadline = since + deadlineMillis;",
          "long deadline = Long.MAX_VALUE - since % 2;");

  static final Mutant LOWER_NUMBERS =
      new Mutant(
          "lower numbers accepted",
          API + "log/Follower.java",
          "      if (seq == next) {",
          """
                if (seq <= next) {
                  next = seq;
          """);

  static final Mutant SEAT_STAYS =
      new Mutant(
          "a seat that stays when its user leaves",
          "chat-verticle/src/main/java/io/hubbub/chat/EdgeConversation.java",
          "if (line.seq() > seat.validFrom && line.left()",
          "if (line.seq() < seat.validFrom && line.left()");

  static final Mutant RIGHTS_FROM_MEMORY =
      new Mutant(
          "rights from memory",
          HISTORY + "db/AppendCodec.java",
          "privileged[i] = command.privileged();",
          "privileged[i] = command.privileged() || System.getProperties()"
              + ".put(command.conversation() + command.user(), \"known\") != null;");

  private Mutants() {}

  static List<Mutant> all() {
    return List.of(
        EARLY_ACKNOWLEDGEMENT,
        NO_DIGESTS,
        NO_DEADLINE,
        LOWER_NUMBERS,
        SEAT_STAYS,
        RIGHTS_FROM_MEMORY);
  }
}
