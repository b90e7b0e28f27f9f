package io.hubbub.api.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hubbub.api.bus.Silence.Verdict;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A home that its peers cannot reach registers again, and then says that it is no use. */
class SilenceTest {
  private final Silence silence = new Silence(100);

  @Test
  void aloneNothingIsMissed() {
    assertEquals(Verdict.HEARD, silence.look(Set.of(), 0));
    assertEquals(Verdict.HEARD, silence.look(Set.of(), 1_000));
  }

  @Test
  void newPeersHaveTimeToSpeak() {
    silence.look(Set.of(), 0);
    assertEquals(Verdict.HEARD, silence.look(Set.of("a"), 1_000));
    assertEquals(Verdict.HEARD, silence.look(Set.of("a"), 1_050));
    assertEquals(Verdict.HEARD, silence.look(Set.of("a"), 1_099));
  }

  @Test
  void silenceIsAnsweredByRegisteringOnceAndThenByBeingUnready() {
    silence.look(Set.of("a"), 0);
    silence.look(Set.of("a"), 50);
    assertEquals(Verdict.REGISTER, silence.look(Set.of("a"), 100));
    assertEquals(Verdict.HEARD, silence.look(Set.of("a"), 150));
    assertEquals(Verdict.UNREADY, silence.look(Set.of("a"), 200));
    silence.heard("a", 210);
    assertEquals(Verdict.HEARD, silence.look(Set.of("a"), 220));
    silence.look(Set.of("a"), 265);
    assertEquals(Verdict.REGISTER, silence.look(Set.of("a"), 310));
  }

  @Test
  void afterAPauseOfOnesOwnOthersHaveTimeToSpeak() {
    silence.look(Set.of("a"), 0);
    assertEquals(Verdict.HEARD, silence.look(Set.of("a"), 1_000));
    assertEquals(Verdict.HEARD, silence.look(Set.of("a"), 1_050));
    assertEquals(Verdict.REGISTER, silence.look(Set.of("a"), 1_100));
  }

  @Test
  void oneThatIsMissedIsNoticedAlthoughOthersAreHeard() {
    silence.look(Set.of("a", "b"), 0);
    silence.look(Set.of("a", "b"), 50);
    silence.heard("a", 50);
    assertEquals(false, silence.missesSomebody(60, 60));
    assertEquals(true, silence.missesSomebody(60, 61));
    silence.look(Set.of("a"), 70);
    assertEquals(false, silence.missesSomebody(60, 71));
  }

  @Test
  void oneVoiceIsEnoughAndOnesOwnIsNone() {
    silence.look(Set.of("a", "b"), 0);
    silence.look(Set.of("a", "b"), 50);
    silence.heard("b", 90);
    silence.look(Set.of("a", "b"), 100);
    assertEquals(Verdict.HEARD, silence.look(Set.of("a", "b"), 150));
    silence.heard("self", 180);
    assertEquals(Verdict.REGISTER, silence.look(Set.of("a", "b"), 190));
  }
}
