package io.hubbub.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Edges come to have about as many sessions each, and leave it at that. */
class BalanceTest {
  private static final BalanceOptions OPTIONS = new BalanceOptions(20, 10, 5, 100, 1_000);

  private final Balance balance = new Balance(OPTIONS);

  @Test
  void whoIsAloneOrNearTheMeanGivesUpNothing() {
    assertEquals(0, balance.excess(0, 10_000, Map.of()));
    assertEquals(0, balance.excess(0, 1_200, Map.of("a", 1_000L)));
    assertEquals(0, balance.excess(0, 30, Map.of("a", 0L)), "too few to bother anybody");
    assertEquals(
        0, new Balance(new BalanceOptions(0, 10, 5, 100, 1_000)).excess(0, 100, Map.of("a", 0L)));
  }

  @Test
  void aShareAtATimeUntilTheMeanIsReached() {
    assertEquals(0, balance.excess(0, 10_000, Map.of("a", 0L)), "it has just come");
    assertEquals(0, balance.excess(99, 10_000, Map.of("a", 0L)));
    assertEquals(500, balance.excess(100, 10_000, Map.of("a", 0L)));
    assertEquals(475, balance.excess(110, 9_500, Map.of("a", 500L)));
    assertEquals(100, balance.excess(120, 5_100, Map.of("a", 4_900L)), "below the threshold, too");
    assertEquals(0, balance.excess(130, 5_000, Map.of("a", 5_000L)));
  }

  @Test
  void clientsThatComeBackAreLeftInPeaceForAWhile() {
    int moved = 0;
    for (int now = 0; now < 1_200; now += 10) {
      moved += balance.excess(now, 1_000, Map.of("a", 0L));
    }
    assertEquals(500, moved, "what was too many at first, and no more");
    for (int now = 1_200; now < 1_600; now += 10) {
      moved += balance.excess(now, 1_000, Map.of("a", 0L));
    }
    assertEquals(1_000, moved, "tried again later");
    assertEquals(0, balance.excess(1_600, 1_000, Map.of("a", 0L, "b", 0L)), "another has come");
    assertTrue(balance.excess(1_700, 1_000, Map.of("a", 0L, "b", 0L)) > 0);
    assertEquals(0, balance.excess(1_710, 0, Map.of("a", 0L, "b", 0L)));
  }

  @Test
  void whereOnlySomeComeBackItGoesOn() {
    int own = 1_000;
    for (int now = 0; now < 1_000; now += 10) {
      int away = balance.excess(now, own, Map.of("a", 1_000L - own));
      own -= away - away / 2;
    }
    assertTrue(own <= 600, "still " + own);
  }

  /** Whatever they had, and with a balancer that sends each client to any node. */
  @Test
  void edgesMeet() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      int edges = 2 + random.nextInt(4);
      int[] sessions = new int[edges];
      List<Balance> all = new ArrayList<>();
      for (int i = 0; i < edges; i++) {
        sessions[i] = random.nextInt(5_000);
        all.add(new Balance(OPTIONS));
      }
      for (int now = 0; now < 20_000; now += 10) {
        int[] before = sessions.clone();
        for (int i = 0; i < edges; i++) {
          Map<String, Long> others = new HashMap<>();
          for (int j = 0; j < edges; j++) {
            if (j != i) {
              others.put("n" + j, (long) before[j]);
            }
          }
          int away = all.get(i).excess(now, before[i], others);
          sessions[i] -= away;
          for (int moved = 0; moved < away; moved++) {
            sessions[random.nextInt(edges)]++;
          }
        }
      }
      int mean = Arrays.stream(sessions).sum() / edges;
      for (int each : sessions) {
        assertTrue(each <= Math.max(mean + Balance.LEAST, mean * 1.25), "seed " + seed);
      }
    }
  }
}
