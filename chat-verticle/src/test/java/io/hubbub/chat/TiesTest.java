package io.hubbub.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a session has to do with users, as bits. */
class TiesTest {
  private final Ties ties = new Ties();
  private final Watched ann = new Watched("ann");
  private final Watched bob = new Watched("bob");

  @Test
  void bitsAreKeptForEachUserUntilTheLastIsGone() {
    ties.set(ann, Ties.ASKED | Ties.PENDING);
    ties.set(ann, Ties.MAY);
    ties.set(bob, Ties.FRIEND);
    assertEquals(Ties.ASKED | Ties.PENDING | Ties.MAY, ties.of(ann));
    assertTrue(ties.has(ann, Ties.PENDING | Ties.FRIEND), "one of them is enough");
    assertFalse(ties.has(bob, Ties.PENDING));
    assertEquals(Set.of(ann, bob), Set.copyOf(ties.with(Ties.ALL)));
    ties.unset(ann, Ties.ASKED | Ties.PENDING | Ties.MAY);
    assertEquals(List.of(bob), ties.with(Ties.ALL));
    assertEquals(0, ties.of(ann));
  }

  @Test
  void takingABitFromAllSaysWhoHadIt() {
    ties.set(ann, Ties.ASKED);
    ties.set(bob, Ties.ASKED | Ties.HELD);
    assertEquals(List.of(bob), ties.unsetAll(Ties.HELD));
    assertEquals(List.of(), ties.unsetAll(Ties.HELD));
    assertEquals(Set.of(ann, bob), Set.copyOf(ties.unsetAll(Ties.ASKED)));
    assertEquals(List.of(), ties.with(Ties.ALL));
  }

  @Test
  void usersOfOneNameAreTwoWhereTheyAreWatchedTwice() {
    ties.set(ann, Ties.ASKED);
    assertEquals(0, ties.of(new Watched("ann")));
  }
}
