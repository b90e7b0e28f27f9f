package io.hubbub.chat.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.hubbub.chat.rest.Merge.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MergeTest {
  private static Merge<Integer, Integer> page(List<Part<Integer, Integer>> parts, int limit) {
    return Merge.of(parts, item -> item, Comparator.naturalOrder(), (one, other) -> other, limit);
  }

  /** A page of what one node holds. */
  private static Part<Integer, Integer> part(NavigableSet<Integer> held, int after, int limit) {
    List<Integer> all = List.copyOf(held.tailSet(after, false));
    boolean more = all.size() > limit;
    List<Integer> items = more ? all.subList(0, limit) : all;
    return new Part<>(items, more ? items.get(limit - 1) : null);
  }

  @Property
  void allPagesTogetherAreAllThatTheNodesHoldEachOnce(
      @ForAll @Size(min = 1, max = 4)
          List<@Size(max = 30) List<@IntRange(min = 0, max = 60) Integer>> nodes,
      @ForAll @IntRange(min = 1, max = 9) int limit) {
    List<TreeSet<Integer>> held = nodes.stream().map(TreeSet::new).toList();
    TreeSet<Integer> all = new TreeSet<>();
    held.forEach(all::addAll);
    List<Integer> found = new ArrayList<>();
    Integer after = -1;
    for (int turn = 0; turn < 200 && after != null; turn++) {
      int from = after;
      Merge<Integer, Integer> page =
          page(held.stream().map(each -> part(each, from, limit)).toList(), limit);
      found.addAll(page.items());
      after = page.next();
    }
    assertNull(after);
    assertEquals(List.copyOf(all), found);
  }

  @Test
  void whatLiesBehindThePartThatGoesOnWaitsForTheNextPage() {
    Merge<Integer, Integer> page =
        page(List.of(new Part<>(List.of(1, 3), 3), new Part<>(List.of(2, 9), null)), 10);
    assertEquals(List.of(1, 2, 3), page.items());
    assertEquals(3, page.next());
  }

  @Test
  void anEmptyPartThatGoesOnMovesThePlace() {
    Merge<Integer, Integer> page = page(List.of(new Part<>(List.of(), 5)), 10);
    assertEquals(List.of(), page.items());
    assertEquals(5, page.next());
  }
}
