package io.hubbub.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.hub.Interests;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A home knows of every edge's interest what the edge knows, after any history. */
class InterestedTest {
  private static final long ACTIVE_MILLIS = 50;

  private record Touch(long head, long at) {}

  private final List<String> edges = List.of("a", "b", "c");

  @Test
  void interestHashesAndHeadsAgreeWithAPlainModel() {
    Seeds.each(
        100,
        random -> {
          Interested interested = new Interested(ACTIVE_MILLIS);
          Map<String, Set<UUID>> wanted = new HashMap<>();
          edges.forEach(edge -> wanted.put(edge, new HashSet<>()));
          Map<UUID, Touch> touched = new HashMap<>();
          long now = 1_000;
          for (int step = 0; step < 200; step++) {
            now += random.nextInt(10);
            String edge = edges.get(random.nextInt(edges.size()));
            UUID id = new UUID(random.nextInt(3), random.nextInt(3));
            change(random, interested, wanted, touched, edge, id, now);
            touched
                .keySet()
                .removeIf(key -> wanted.values().stream().noneMatch(s -> s.contains(key)));
            check(interested, wanted, touched, now);
          }
        });
  }

  @Test
  void activityThatNobodyWantsToHearOfIsForgotten() {
    Interested interested = new Interested(ACTIVE_MILLIS);
    UUID id = new UUID(1, 2);
    interested.touched(id, 7, 2, 0);
    interested.add("a", id);
    assertEquals(Map.of(), interested.recentHeads("a", 0));
    interested.touched(id, 7, 2, 0);
    assertEquals(Map.of(id, 7L), interested.recentHeads("a", 0));
    interested.remove("a", id);
    interested.add("a", id);
    assertEquals(Map.of(), interested.recentHeads("a", 0));
  }

  private void change(
      Random random,
      Interested interested,
      Map<String, Set<UUID>> wanted,
      Map<UUID, Touch> touched,
      String edge,
      UUID id,
      long now) {
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> {
        interested.add(edge, id);
        of(wanted, edge).add(id);
      }
      case 3, 4 -> {
        interested.remove(edge, id);
        of(wanted, edge).remove(id);
      }
      case 5 -> {
        interested.reset(edge);
        of(wanted, edge).clear();
      }
      case 6 -> {
        interested.forgetEdges(edge::equals);
        of(wanted, edge).clear();
      }
      default -> {
        Touch before = touched.get(id);
        long head = random.nextInt(100);
        interested.touched(id, head, 2, now);
        touched.put(id, new Touch(before == null ? head : Math.max(head, before.head()), now));
      }
    }
  }

  private void check(
      Interested interested, Map<String, Set<UUID>> wanted, Map<UUID, Touch> touched, long now) {
    Set<UUID> all = new HashSet<>();
    for (String edge : edges) {
      Set<UUID> its = of(wanted, edge);
      all.addAll(its);
      long hash = 0;
      Map<UUID, Long> heads = new HashMap<>();
      for (UUID id : its) {
        hash ^= Interests.hash(id);
        assertTrue(interested.has(edge, id));
        HomeConversation known = interested.get(id);
        assertNotNull(known);
        assertEquals(1, known.edges.stream().filter(edge::equals).count());
        Touch touch = touched.get(id);
        if (touch != null && touch.at() >= now - ACTIVE_MILLIS) {
          heads.put(id, touch.head());
        }
      }
      assertTrue(interested.same(edge, its.size(), hash));
      assertFalse(interested.same(edge, its.size() + 1, hash));
      assertFalse(interested.same(edge, its.size() + 1, hash ^ 1));
      assertEquals(heads, interested.recentHeads(edge, now));
    }
    assertEquals(all, interested.all());
    List<String> counted = new ArrayList<>();
    for (UUID id : all) {
      HomeConversation known = interested.get(id);
      assertNotNull(known);
      counted.addAll(known.edges);
    }
    assertEquals(wanted.values().stream().mapToInt(Set::size).sum(), counted.size());
  }

  private static Set<UUID> of(Map<String, Set<UUID>> wanted, String edge) {
    return wanted.getOrDefault(edge, Set.of());
  }
}
