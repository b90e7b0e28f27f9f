package io.hubbub.api.cluster;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The home of each slot by rendezvous hashing (Thaler and Ravishankar, 1998) over the nodes that
 * carry a role and do not drain: when a node comes or goes, only the slots that it wins or held
 * move. Immutable; computed anew for each view.
 */
public final class Homes {
  private final @Nullable String[] bySlot = new String[Slots.COUNT];

  private Homes() {}

  /**
   * The homes for a role in a view. Where all nodes of the role drain, they stay homes: somebody
   * has to be.
   */
  public static Homes of(View view, Role role) {
    List<Node> able = view.with(role).stream().filter(node -> !node.draining()).toList();
    if (able.isEmpty()) {
      able = view.with(role);
    }
    Homes homes = new Homes();
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      long best = 0;
      for (Node node : able) {
        long weight = Slots.mix(Slots.hash(node.id()) ^ Slots.mix(slot + 1L));
        if (homes.bySlot[slot] == null || Long.compareUnsigned(weight, best) > 0) {
          best = weight;
          homes.bySlot[slot] = node.id();
        }
      }
    }
    return homes;
  }

  /** The node that is home of a slot, or null where no node carries the role. */
  public @Nullable String ofSlot(int slot) {
    return bySlot[slot];
  }

  /** The node that is home of a conversation, or null where no node carries the role. */
  public @Nullable String of(UUID conversation) {
    return bySlot[Slots.of(conversation)];
  }

  /** The node that is home of a user, or null where no node carries the role. */
  public @Nullable String of(String user) {
    return bySlot[Slots.of(user)];
  }

  /** A hash of the slots that a node is home of: two views agree on them where it is the same. */
  public long print(String node) {
    long print = 0;
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      if (node.equals(bySlot[slot])) {
        print ^= Slots.mix(slot + 1L);
      }
    }
    return print;
  }

  /** How many slots a node is home of. */
  public int count(String node) {
    int count = 0;
    for (String home : bySlot) {
      if (node.equals(home)) {
        count++;
      }
    }
    return count;
  }
}
