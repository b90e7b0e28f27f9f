package io.hubbub.api.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.Histories;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HomesTest {
  private static final Set<Role> ALL = Set.of(Role.EDGE, Role.HISTORY);

  private static Node node(Random random, int number) {
    return new Node("node" + number + "~" + Integer.toHexString(random.nextInt()), ALL, false);
  }

  private static List<Node> nodes(Random random, int count) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(node(random, i));
    }
    return nodes;
  }

  private static Homes homes(String self, List<Node> nodes) {
    return Homes.of(new View(self, nodes, false), Role.HISTORY);
  }

  @Test
  void everySlotHasTheSameHomeOnAllNodes() {
    Histories.each(
        200,
        random -> {
          List<Node> nodes = nodes(random, 1 + random.nextInt(9));
          Homes one = homes(nodes.get(0).id(), nodes);
          List<Node> mixed = new ArrayList<>(nodes);
          Collections.shuffle(mixed, random);
          Homes other = homes(mixed.get(0).id(), mixed);
          for (int slot = 0; slot < Slots.COUNT; slot++) {
            assertNotNull(one.ofSlot(slot));
            assertEquals(one.ofSlot(slot), other.ofSlot(slot));
          }
          UUID conversation = new UUID(random.nextLong(), random.nextLong());
          assertEquals(one.ofSlot(Slots.of(conversation)), one.of(conversation));
        });
  }

  @Test
  void aNodeThatLeavesMovesOnlyItsOwnSlots() {
    Histories.each(
        200,
        random -> {
          List<Node> nodes = nodes(random, 2 + random.nextInt(8));
          Homes before = homes("x", nodes);
          String gone = nodes.remove(random.nextInt(nodes.size())).id();
          Homes after = homes("x", nodes);
          for (int slot = 0; slot < Slots.COUNT; slot++) {
            boolean moved = !Objects.equals(before.ofSlot(slot), after.ofSlot(slot));
            assertEquals(gone.equals(before.ofSlot(slot)), moved);
          }
        });
  }

  @Test
  void slotsSpreadWithinBounds() {
    Histories.each(
        300,
        random -> {
          List<Node> nodes = nodes(random, 2 + random.nextInt(5));
          Homes homes = homes("x", nodes);
          double mean = (double) Slots.COUNT / nodes.size();
          int sum = 0;
          for (Node node : nodes) {
            int count = homes.count(node.id());
            sum += count;
            // Five standard deviations of a fair draw.
            assertTrue(Math.abs(count - mean) < 5 * Math.sqrt(mean), node.id() + " has " + count);
          }
          assertEquals(Slots.COUNT, sum);
        });
  }

  @Test
  void conversationsAndUsersSpreadOverTheSlots() {
    int[] conversations = new int[Slots.COUNT];
    int[] users = new int[Slots.COUNT];
    Random random = new Random(1);
    for (int i = 0; i < 256_000; i++) {
      conversations[Slots.of(new UUID((long) i << 16 | 0x7000, random.nextLong()))]++;
      users[Slots.of("user" + i)]++;
    }
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      assertTrue(Math.abs(conversations[slot] - 1_000) < 200, slot + ": " + conversations[slot]);
      assertTrue(Math.abs(users[slot] - 1_000) < 200, slot + ": " + users[slot]);
    }
  }

  @Test
  void aDrainingNodeIsNoHomeUnlessAllDrain() {
    Node one = new Node("one~1", ALL, true);
    Node two = new Node("two~2", ALL, false);
    Node edge = new Node("edge~3", Set.of(Role.EDGE), false);
    assertEquals(Slots.COUNT, homes("x", List.of(one, two, edge)).count("two~2"));
    Homes last = homes("x", List.of(one, edge));
    assertEquals(Slots.COUNT, last.count("one~1"));
    assertNull(homes("x", List.of(edge)).ofSlot(7));
    assertFalse(last.of("somebody") == null);
  }

  @Test
  void theSlotsOfAReleaseAreThoseOfTheNext() {
    // Nodes of two releases must agree: these numbers never change.
    assertEquals(33, Slots.of("ada"));
    assertEquals(185, Slots.of(UUID.fromString("6f0d3f0e-5d4c-5f63-9a37-68b3c1b6d2a1")));
  }
}
