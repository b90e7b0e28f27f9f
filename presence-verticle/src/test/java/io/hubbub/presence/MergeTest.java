package io.hubbub.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.presence.SessionInfo;
import io.hubbub.api.presence.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Several sessions, one status. */
class MergeTest {
  private static SessionInfo session(boolean idle) {
    return new SessionInfo("s", null, "127.0.0.1", 0, idle);
  }

  private static List<SessionInfo> some(Random random, int least) {
    List<SessionInfo> all = new ArrayList<>();
    for (int i = least + random.nextInt(5); i > 0; i--) {
      all.add(session(random.nextBoolean()));
    }
    return all;
  }

  private static Status any(Random random) {
    return Status.ofCode(random.nextInt(5));
  }

  @Test
  void withoutSessionsAUserIsOfflineWhateverWasChosen() {
    for (Status chosen : Status.values()) {
      assertEquals(Status.OFFLINE, Merge.of(List.of(), chosen));
    }
  }

  @Test
  void oneSessionInUseIsEnoughToBeOnlineAndAllIdleAreAway() {
    Seeds.each(
        200,
        random -> {
          List<SessionInfo> sessions = some(random, 1);
          boolean used = sessions.stream().anyMatch(session -> !session.idle());
          assertEquals(used ? Status.ONLINE : Status.AWAY, Merge.of(sessions, Status.ONLINE));
        });
  }

  @Test
  void whatWasChosenCountsHoweverManySessionsThereAre() {
    for (Status chosen : List.of(Status.AWAY, Status.BUSY, Status.INVISIBLE)) {
      Seeds.each(100, random -> assertEquals(chosen, Merge.of(some(random, 1), chosen)));
    }
  }

  @Test
  void neitherTheOrderOfSessionsNorTheirRepetitionMatters() {
    Seeds.each(
        500,
        random -> {
          List<SessionInfo> sessions = some(random, 0);
          Status chosen = any(random);
          List<SessionInfo> more = new ArrayList<>(sessions);
          more.addAll(sessions);
          Collections.shuffle(more, random);
          assertEquals(Merge.of(sessions, chosen), Merge.of(more, chosen));
        });
  }

  @Test
  void oneMoreSessionInUseNeverMakesAUserLessPresent() {
    Seeds.each(
        500,
        random -> {
          List<SessionInfo> sessions = some(random, 0);
          Status chosen = any(random);
          Status before = Merge.of(sessions, chosen);
          sessions.add(session(false));
          Status after = Merge.of(sessions, chosen);
          assertNotEquals(Status.OFFLINE, after);
          assertTrue(before != Status.ONLINE || after == Status.ONLINE);
        });
  }
}
