package io.hubbub.api.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.Histories;
import io.hubbub.api.cluster.Homes;
import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.View;
import io.hubbub.api.link.Lease;
import io.hubbub.api.presence.Chosen;
import io.hubbub.api.presence.SessionInfo;
import io.hubbub.api.presence.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an edge tells of its sessions, and what it holds. */
class LeasesTest {
  private static final long GRACE = 1_000;

  private static Homes homes(int nodes) {
    List<Node> all = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      all.add(new Node("n" + i, Set.of(Role.PRESENCE), false));
    }
    return Homes.of(new View("x", all, false), Role.PRESENCE);
  }

  private static SessionInfo session(int id, boolean idle) {
    return new SessionInfo("s" + id, null, "127.0.0.1", 0, idle);
  }

  @Test
  void theHashIsThatOfTheNewestSnapshotsOfAllWithSessionsWhateverHappened() {
    Histories.each(
        300,
        random -> {
          Leases leases = new Leases(GRACE);
          Homes homes = homes(3);
          leases.moveTo(homes);
          Map<String, Lease> told = new HashMap<>();
          Map<String, Set<Integer>> open = new HashMap<>();
          for (int i = 0; i < 200; i++) {
            String user = "u" + random.nextInt(12);
            int id = random.nextInt(3);
            Set<Integer> of = open.computeIfAbsent(user, key -> new HashSet<>());
            switch (random.nextInt(5)) {
              case 0, 1 -> {
                leases.put(user, session(id, random.nextBoolean()));
                of.add(id);
              }
              case 2 -> {
                leases.end(user, "s" + id, i);
                of.remove(id);
              }
              case 3 -> leases.choose(user, Status.BUSY, i + 1);
              default -> {
                homes = homes(1 + random.nextInt(4));
                leases.moveTo(homes);
              }
            }
            int now = i;
            leases.changed(each -> true).forEach(each -> told.put(each, leases.lease(each, now)));
          }
          for (int n = 0; n < 4; n++) {
            String home = "n" + n;
            long hash = 0;
            int count = 0;
            for (Lease lease : told.values()) {
              if (!lease.ended() && home.equals(homes.of(lease.user()))) {
                hash ^= Lease.hash(lease.user(), lease.version());
                count++;
              }
            }
            assertEquals(count, leases.count(home));
            assertEquals(hash, leases.hash(home));
          }
          told.forEach(
              (user, lease) ->
                  assertEquals(open.getOrDefault(user, Set.of()).isEmpty(), lease.ended(), user));
        });
  }

  @Test
  void ofAUserThatChangedTwiceInATurnOnlyTheNewestIsTold() {
    Leases leases = new Leases(GRACE);
    leases.moveTo(homes(1));
    leases.put("ann", session(1, false));
    leases.put("ann", session(2, false));
    leases.end("ann", "s1", 5);
    assertEquals(List.of("ann"), leases.changed(each -> true));
    assertEquals(List.of(session(2, false)), leases.lease("ann", 5).sessions());
    assertFalse(leases.anyChanged());
  }

  @Test
  void ofVeryManySessionsOfOneUserSomeAreToldAndThoseInUseFirst() {
    Leases leases = new Leases(GRACE);
    for (int i = 0; i < 1_000; i++) {
      leases.put("bot", session(i, i != 999));
    }
    List<SessionInfo> told = leases.lease("bot", 0).sessions();
    assertEquals(100, told.size());
    assertEquals(session(999, false), told.get(0));
  }

  @Test
  void ofTwoChoicesWithinAMillisecondTheSecondCounts() {
    Leases leases = new Leases(GRACE);
    leases.put("ann", session(1, false));
    leases.choose("ann", Status.BUSY, 7);
    leases.choose("ann", Status.INVISIBLE, 7);
    assertEquals(new Chosen(Status.INVISIBLE, 8), leases.lease("ann", 0).chosen());
  }

  @Test
  void whoseHomeIsNotReadyIsToldLater() {
    Leases leases = new Leases(GRACE);
    leases.put("ann", session(1, false));
    assertEquals(List.of(), leases.changed(each -> false));
    assertTrue(leases.anyChanged());
    assertEquals(List.of("ann"), leases.changed(each -> true));
  }

  @Test
  void aUserIsReportedForTheGraceAfterTheLastSessionWithTheTimeSince() {
    Leases leases = new Leases(GRACE);
    Homes homes = homes(1);
    leases.moveTo(homes);
    leases.put("ann", session(1, true));
    leases.end("ann", "s1", 100);
    leases.tick(100 + GRACE);
    assertEquals(List.of("ann"), leases.of("n0", homes));
    Lease lease = leases.lease("ann", 100 + GRACE);
    assertTrue(lease.ended());
    assertEquals(GRACE, lease.endedMillis());
    assertEquals(List.of(session(1, true)), lease.sessions());
    assertEquals(0, leases.count("n0"));
    leases.tick(101 + GRACE);
    assertEquals(0, leases.size());
    assertEquals(List.of(), leases.of("n0", homes));
  }
}
