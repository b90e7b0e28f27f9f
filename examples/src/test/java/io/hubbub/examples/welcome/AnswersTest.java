package io.hubbub.examples.welcome;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hubbub.api.log.Entry;
import io.hubbub.api.log.Kind;
import io.hubbub.examples.welcome.Answers.Answer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The bot says the same to the same entry, and nothing to itself. */
class AnswersTest {
  private final Answers answers = new Answers("bot");

  private Optional<Answer> to(Kind kind, String from, @Nullable String body) {
    return answers.to(new Entry(7, kind, from, 0, "k", 0, 0, body, null));
  }

  @Test
  void aPingIsAnsweredUnderTheNumberOfItsEntry() {
    assertEquals(
        Optional.of(new Answer("pong/7", "pong to 7")), to(Kind.MESSAGE, "ann", " !ping "));
  }

  @Test
  void newMembersAreWelcomed() {
    assertEquals(
        Optional.of(new Answer("welcome/7", "Welcome, ann, bob!")),
        to(Kind.JOINED, "ann", "[\"ann\",\"bot\",\"bob\"]"));
    assertEquals(
        Optional.of("Welcome, a, b, c, d, e and 2 more!"),
        to(Kind.JOINED, "ann", "[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\"]").map(Answer::text));
  }

  @Test
  void itAnswersNeitherItselfNorTalkNorWhatWasDeleted() {
    assertEquals(Optional.empty(), to(Kind.MESSAGE, "bot", "!ping"));
    assertEquals(Optional.empty(), to(Kind.JOINED, "ann", "[\"bot\"]"));
    assertEquals(Optional.empty(), to(Kind.MESSAGE, "ann", "hello"));
    assertEquals(Optional.empty(), to(Kind.MESSAGE, "ann", null));
    assertEquals(Optional.empty(), to(Kind.LEFT, "ann", "[\"ann\"]"));
  }
}
