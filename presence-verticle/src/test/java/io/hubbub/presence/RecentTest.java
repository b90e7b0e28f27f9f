package io.hubbub.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.presence.Presence;
import io.hubbub.api.presence.Status;
import io.hubbub.api.query.OnlineChanges;
import io.hubbub.api.query.ReadOnlineChanges;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentTest {
  private final Recent recent = new Recent(4);

  private static Presence seen(String user, Status status) {
    return new Presence(user, status, 0);
  }

  private OnlineChanges after(long place) {
    return recent.after(new ReadOnlineChanges(place, 100));
  }

  @Test
  void whoAsksFromAPlaceIsToldWhatCameAfterIt() {
    Presence ann = seen("ann", Status.ONLINE);
    Presence bob = seen("bob", Status.BUSY);
    long begin = after(0).next();
    recent.changed(null, ann);
    recent.changed(null, bob);
    OnlineChanges both = after(begin);
    assertEquals(List.of(ann, bob), both.changes());
    assertFalse(both.lost());
    recent.changed(ann, seen("ann", Status.OFFLINE));
    assertEquals(List.of(seen("ann", Status.OFFLINE)), after(both.next()).changes());
    assertEquals(List.of(0L, 0L, 0L, 1L, 0L), after(0).counts());
  }

  @Test
  void whoIsTooLateOrComesFromAnotherHomeIsToldSo() {
    long begin = after(0).next();
    for (int i = 0; i < 5; i++) {
      recent.changed(null, seen("u" + i, Status.ONLINE));
    }
    OnlineChanges late = after(begin);
    assertTrue(late.lost());
    assertEquals(4, late.changes().size());
    assertEquals("u1", late.changes().get(0).user());
    OnlineChanges strange = after(1_000);
    assertTrue(strange.lost());
    assertEquals(List.of(), strange.changes());
    assertEquals(late.next(), strange.next());
  }

  @Test
  void pagesFollowEachOther() {
    long begin = after(0).next();
    for (int i = 0; i < 4; i++) {
      recent.changed(null, seen("u" + i, Status.ONLINE));
    }
    OnlineChanges first = recent.after(new ReadOnlineChanges(begin, 3));
    OnlineChanges second = recent.after(new ReadOnlineChanges(first.next(), 3));
    assertEquals(3, first.changes().size());
    assertEquals(List.of(seen("u3", Status.ONLINE)), second.changes());
    assertEquals(List.of(), after(second.next()).changes());
  }

  @Test
  void whoWasNeverSeenAndIsOfflineIsNoChangeAndWhoIsForgottenIsNotCounted() {
    long begin = after(0).next();
    Presence ann = seen("ann", Status.AWAY);
    recent.changed(null, seen("nobody", Status.OFFLINE));
    recent.changed(null, ann);
    recent.forget(ann);
    assertEquals(List.of(ann), after(begin).changes());
    assertEquals(0, recent.count(Status.AWAY));
  }
}
