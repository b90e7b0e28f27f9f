package io.hubbub.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.link.Lease;
import io.hubbub.api.link.Report;
import io.hubbub.api.presence.Chosen;
import io.hubbub.api.presence.Presence;
import io.hubbub.api.presence.Status;
import io.hubbub.api.query.ListOnline;
import io.hubbub.api.query.Online;
import io.hubbub.api.query.OnlineUser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A home of users tells the truth, once, and never before it knows. */
class UserHomeTest {
  private static final String A = "edge-a";
  private static final String B = "edge-b";
  private final ModelCluster cluster = settled();

  private static ModelCluster settled() {
    ModelCluster cluster = new ModelCluster();
    cluster.see(Set.of(), A, B);
    cluster.report(A);
    cluster.report(B);
    return cluster;
  }

  @Test
  void onlineIsToldAtOnceAndOfflineOnceAfterTheGrace() {
    cluster.watch(B, "ann");
    cluster.turn();
    cluster.sessions(A, "ann", false);
    cluster.turn();
    assertEquals(List.of("offline", "online"), cluster.told(B, "ann"));
    cluster.end(A, "ann", 0);
    long ended = cluster.now;
    cluster.pass(ModelCluster.GRACE - 500);
    assertEquals(List.of("offline", "online"), cluster.told(B, "ann"));
    cluster.pass(60_000);
    assertEquals(List.of("offline", "online", "offline"), cluster.told(B, "ann"));
    assertEquals(
        new Presence("ann", Status.OFFLINE, ModelCluster.EPOCH + ended), cluster.last(B, "ann"));
  }

  @Test
  void aReconnectWithinTheGraceAndThreeOfFourTabsTellNobodyAnything() {
    cluster.watch(B, "ann");
    cluster.sessions(A, "ann", false, false, false, false);
    cluster.turn();
    cluster.sessions(A, "ann", false);
    cluster.turn();
    cluster.end(A, "ann", 0);
    cluster.pass(9_000);
    cluster.sessions(B, "ann", false);
    cluster.pass(60_000);
    assertEquals(List.of("online"), cluster.told(B, "ann"));
  }

  @Test
  void whatChangesWithinATurnIsToldOnceAsItIsInTheEnd() {
    cluster.watch(B, "ann");
    cluster.turn();
    cluster.sessions(A, "ann", true);
    cluster.sessions(A, "ann", false);
    cluster.sessions(A, "ann", new Chosen(Status.BUSY, 5), false);
    cluster.turn();
    assertEquals(List.of("offline", "busy"), cluster.told(B, "ann"));
  }

  @Test
  void aUserKeptInvisibleIsNeverSeenNotEvenForAMoment() {
    cluster.watch(B, "ann");
    cluster.sessions(A, "ann", new Chosen(Status.INVISIBLE, 5), false);
    cluster.turn();
    cluster.end(A, "ann", 0);
    cluster.pass(30_000);
    cluster.sessions(A, "ann", false);
    cluster.turn();
    assertEquals(Set.of("offline"), new HashSet<>(cluster.told(B, "ann")));
    assertEquals(new Presence("ann", Status.INVISIBLE, 0), cluster.last(B, "ann"));
  }

  @Test
  void whenAnInvisibleUserWasLastSeenDoesNotMoveWithItsSessions() {
    cluster.watch(B, "ann");
    cluster.sessions(A, "ann", false);
    cluster.turn();
    cluster.pass(5_000);
    long hidden = ModelCluster.EPOCH + cluster.now;
    cluster.sessions(A, "ann", new Chosen(Status.INVISIBLE, 5), false);
    cluster.turn();
    cluster.pass(5_000);
    cluster.end(A, "ann", 0);
    cluster.pass(30_000);
    assertEquals(new Presence("ann", Status.OFFLINE, hidden), cluster.last(B, "ann"));
  }

  @Test
  void theSessionsOfADeadNodeEndWhenItWasHeardLast() {
    cluster.watch(B, "ann");
    cluster.sessions(A, "ann", false);
    cluster.turn();
    long heard = cluster.now;
    cluster.see(Set.of(A), B);
    cluster.pass(6_000);
    cluster.see(Set.of(), B);
    cluster.pass(3_500);
    assertEquals(List.of("online"), cluster.told(B, "ann"));
    cluster.pass(1_000);
    assertEquals(List.of("online", "offline"), cluster.told(B, "ann"));
    assertEquals(
        new Presence("ann", Status.OFFLINE, ModelCluster.EPOCH + heard), cluster.last(B, "ann"));
  }

  @Test
  void aNodeThatIsAliveButOutOfViewIsUnknownNotOffline() {
    cluster.watch(B, "ann");
    cluster.sessions(A, "ann", false);
    cluster.turn();
    cluster.see(Set.of(A), B);
    cluster.pass(120_000);
    assertEquals(List.of("online"), cluster.told(B, "ann"));
  }

  @Test
  void aNewHomeSaysOfflineOfNobodyBeforeAllEdgesHaveReported() {
    ModelCluster fresh = new ModelCluster();
    fresh.see(Set.of(), A, B);
    fresh.report(B);
    fresh.watch(B, "ann");
    fresh.watch(B, "bob");
    fresh.pass(3_000);
    assertEquals(List.of(), fresh.told(B, "ann"));
    fresh.home.report(A, new Report(false, fresh.print()), fresh.now);
    fresh.sessions(A, "ann", true);
    fresh.home.report(A, new Report(true, fresh.print()), fresh.now);
    fresh.turn();
    assertEquals(List.of("offline"), fresh.told(B, "bob"));
    assertEquals(List.of("away"), fresh.told(B, "ann"));
  }

  @Test
  void aNewHomeWaitsForEdgesThatDoNotReportForEightSecondsAtMost() {
    ModelCluster fresh = new ModelCluster();
    fresh.see(Set.of(), A, B);
    fresh.report(B);
    fresh.watch(B, "bob");
    fresh.pass(ModelCluster.REBUILD - 500);
    assertEquals(List.of(), fresh.told(B, "bob"));
    fresh.pass(1_000);
    assertEquals(List.of("offline"), fresh.told(B, "bob"));
  }

  /** It was cut off, and settled by time while nobody was in view. */
  @Test
  void aHomeThatWasAloneSaysOfflineOfNobodyBeforeTheEdgesThatComeBackHaveReported() {
    cluster.see(Set.of(A, B));
    cluster.home.restart(cluster.now);
    cluster.pass(2 * ModelCluster.REBUILD);
    cluster.see(Set.of(), A, B);
    cluster.report(A);
    cluster.watch(A, "ann");
    cluster.watch(A, "bob");
    cluster.pass(1_000);
    cluster.sessions(B, "ann", false);
    cluster.home.report(B, new Report(true, cluster.print()), cluster.now);
    cluster.turn();
    assertEquals(List.of("online"), cluster.told(A, "ann"));
    assertEquals(List.of("offline"), cluster.told(A, "bob"));
  }

  /** Another home has told meanwhile that ann is gone. */
  @Test
  void aHomeThatWasCutOffSaysNothingOfWhatItKnewBefore() {
    cluster.sessions(B, "ann", false);
    cluster.sessions(B, "bob", false);
    cluster.watch(A, "ann");
    cluster.watch(A, "bob");
    cluster.turn();
    cluster.see(Set.of(A, B));
    cluster.pass(20_000);
    cluster.told.clear();
    cluster.see(Set.of(), A, B);
    cluster.home.report(A, new Report(false, cluster.print()), cluster.now);
    cluster.watch(A, "ann");
    cluster.watch(A, "bob");
    cluster.home.report(A, new Report(true, cluster.print()), cluster.now);
    cluster.pass(1_000);
    assertEquals(List.of(), cluster.told(A, "ann"));
    cluster.home.report(B, new Report(false, cluster.print()), cluster.now);
    cluster.sessions(B, "bob", false);
    cluster.home.report(B, new Report(true, cluster.print()), cluster.now);
    cluster.pass(60_000);
    assertEquals(List.of("offline"), cluster.told(A, "ann"));
    assertEquals(List.of("online"), cluster.told(A, "bob"));
  }

  @Test
  void aReportForOtherSlotsDoesNotCount() {
    ModelCluster fresh = new ModelCluster();
    fresh.see(Set.of(), A);
    fresh.watch(A, "bob");
    fresh.home.report(A, new Report(true, fresh.print() + 1), fresh.now);
    fresh.pass(1_000);
    assertEquals(List.of(), fresh.told(A, "bob"));
    fresh.report(A);
    fresh.watch(A, "bob");
    fresh.turn();
    assertEquals(List.of("offline"), fresh.told(A, "bob"));
  }

  @Test
  void aNewHomeLearnsWhoIsWithinTheGraceAndTellsNoFalseChange() {
    ModelCluster fresh = new ModelCluster();
    fresh.see(Set.of(), A, B);
    fresh.home.report(A, new Report(false, fresh.print()), fresh.now);
    fresh.end(A, "ann", 4_000);
    fresh.home.report(A, new Report(true, fresh.print()), fresh.now);
    fresh.watch(B, "ann");
    fresh.home.report(B, new Report(true, fresh.print()), fresh.now);
    fresh.turn();
    fresh.pass(5_500);
    assertEquals(List.of("online"), fresh.told(B, "ann"));
    fresh.pass(1_000);
    assertEquals(List.of("online", "offline"), fresh.told(B, "ann"));
  }

  @Test
  void whatAReportDoesNotNameHasEnded() {
    cluster.watch(B, "ann");
    cluster.watch(A, "bob");
    cluster.sessions(A, "ann", false);
    cluster.turn();
    assertTrue(
        cluster.home.same(A, 2, Lease.hash("ann", 1) ^ io.hubbub.api.link.Watch.hash("bob")));
    cluster.report(A);
    assertTrue(cluster.home.same(A, 0, 0));
    cluster.pass(11_000);
    assertEquals(List.of("online", "offline"), cluster.told(B, "ann"));
  }

  @Test
  void anOlderSnapshotChangesNothing() {
    cluster.watch(B, "ann");
    cluster.turn();
    Lease old = new Lease("ann", 0, Chosen.NONE, true, 0, List.of(ModelCluster.session(false)));
    cluster.sessions(A, "ann", false);
    cluster.home.lease(A, old, cluster.now);
    cluster.pass(30_000);
    assertEquals(List.of("offline", "online"), cluster.told(B, "ann"));
  }

  @Test
  void whoseHomeMovedIsForgottenAndNobodyIsTold() {
    cluster.watch(B, "ann");
    cluster.sessions(A, "ann", false);
    cluster.turn();
    cluster.home.see(
        new io.hubbub.api.cluster.View(ModelCluster.SELF, List.of(), false), cluster.now);
    cluster.turn();
    assertNull(cluster.home.users().get("ann"));
    assertEquals(List.of("online"), cluster.told(B, "ann"));
    assertTrue(cluster.home.same(A, 0, 0) && cluster.home.same(B, 0, 0));
  }

  @Test
  void tenThousandIdleUsersCostNothingAsTimePasses() {
    for (int i = 0; i < 10_000; i++) {
      cluster.sessions(A, "user-" + i, true);
      cluster.watch(B, "user-" + i);
    }
    cluster.turn();
    int before = cluster.calls;
    cluster.pass(600_000);
    assertEquals(before, cluster.calls);
  }

  @Test
  void pagesAreStableBoundedAndFiltered() {
    for (int i = 0; i < 95; i++) {
      cluster.sessions(A, "user-" + (100 + i), i % 3 == 0);
    }
    cluster.sessions(B, "other", false);
    cluster.turn();
    List<String> all = new ArrayList<>();
    Online page;
    String after = "";
    do {
      page = Listing.page(cluster.home, new ListOnline(Status.AWAY, "user", after, 7), cluster.now);
      assertTrue(page.users().size() <= 7);
      page.users().stream().map(OnlineUser::user).forEach(all::add);
      after = page.next();
      cluster.sessions(A, "user-00", true); // What comes before the page does not move it.
      cluster.turn();
    } while (!after.isEmpty());
    assertEquals(32, all.size());
    assertEquals(all.stream().sorted().distinct().toList(), all);
    OnlineUser one = Listing.one(cluster.home, "other", cluster.now).users().get(0);
    assertEquals(
        List.of(B, 0L), List.of(one.sessions().get(0).node(), one.sessions().get(0).endedMillis()));
    assertEquals(List.of(), Listing.one(cluster.home, "nobody", cluster.now).users());
  }

  /** Whatever happens at two edges, the third is told the truth, and offline only when it is so. */
  @Test
  void underAnyHistoryTheWatcherEndsWithTheTruthAndIsNeverToldOfflineTooEarly() {
    Seeds.each(
        300,
        random -> {
          ModelCluster world = settled();
          List<String> users = List.of("ann", "bob", "cat");
          users.forEach(user -> world.watch("edge-b", user));
          world.turn();
          Map<String, Map<String, Boolean>> open = new HashMap<>();
          Map<String, Long> lastOpen = new HashMap<>();
          for (int i = 0; i < 60; i++) {
            String user = users.get(random.nextInt(3));
            String edge = random.nextBoolean() ? A : B;
            Map<String, Boolean> of = open.computeIfAbsent(user, key -> new HashMap<>());
            if (random.nextBoolean()) {
              boolean idle = random.nextInt(4) == 0;
              world.sessions(edge, user, idle);
              of.put(edge, idle);
            } else if (of.remove(edge) != null) {
              world.end(edge, user, 0);
              lastOpen.put(user, world.now);
            }
            world.turn();
            world.pass(random.nextInt(8_000));
            for (String each : users) {
              boolean present =
                  !open.getOrDefault(each, Map.of()).isEmpty()
                      || lastOpen.getOrDefault(each, -100_000L) + ModelCluster.GRACE > world.now;
              Presence seen = world.last("edge-b", each);
              boolean told = seen != null && seen.status() != Status.OFFLINE;
              assertEquals(present, told, each + " at " + world.now);
            }
          }
          world.pass(20_000);
          for (String user : users) {
            Map<String, Boolean> of = open.getOrDefault(user, Map.of());
            Status truth =
                of.isEmpty()
                    ? Status.OFFLINE
                    : of.containsValue(false) ? Status.ONLINE : Status.AWAY;
            Presence seen = world.last("edge-b", user);
            assertTrue(seen != null && seen.status() == truth, user);
            List<String> told = world.told("edge-b", user);
            for (int i = 1; i < told.size(); i++) {
              assertTrue(!told.get(i).equals(told.get(i - 1)), "nothing is told twice");
            }
          }
        });
  }
}
