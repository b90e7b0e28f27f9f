package io.hubbub.presence;

import io.hubbub.api.cluster.Homes;
import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.Slots;
import io.hubbub.api.cluster.View;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Of which slots a home knows enough to say that somebody is offline: those of which every edge has
 * reported since it became their home, or that it has been home of for a while. An edge that comes
 * into view may bring sessions that this home never heard of, so all begins anew then. While some
 * node is apart, alive but out of view, only time settles. Pure, on monotonic milliseconds.
 */
final class Settling {
  private final String self;
  private final long mostMillis;
  private final boolean[] mine = new boolean[Slots.COUNT];
  private final boolean[] settled = new boolean[Slots.COUNT];
  private final long[] since = new long[Slots.COUNT];
  private final Map<String, Long> reported = new HashMap<>();
  private View view;
  private long print;
  private int unsettled;

  /** Home of nothing yet; settles after so many milliseconds at the latest. */
  Settling(String self, long mostMillis) {
    this.self = self;
    this.mostMillis = mostMillis;
    this.view = new View(self, List.of(), false);
  }

  /** The cluster has changed. */
  void see(View now, long time) {
    boolean comes = now.with(Role.EDGE).stream().anyMatch(edge -> !view.has(edge.id()));
    view = now;
    Homes homes = Homes.of(now, Role.PRESENCE);
    print = homes.print(self);
    unsettled = 0;
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      boolean is = self.equals(homes.ofSlot(slot));
      boolean begins = is && (comes || !mine[slot]);
      if (begins) {
        since[slot] = time;
      }
      settled[slot] &= is && !begins;
      mine[slot] = is;
      unsettled += is && !settled[slot] ? 1 : 0;
    }
    reported.keySet().retainAll(now.nodes().stream().map(Node::id).toList());
  }

  /** Everything was lost: all slots are new. */
  void restart(long time) {
    reported.clear();
    unsettled = 0;
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      settled[slot] = false;
      since[slot] = time;
      unsettled += mine[slot] ? 1 : 0;
    }
  }

  /** An edge has told all that it holds for the slots of this print. */
  void reported(String edge, long slots) {
    reported.put(edge, slots);
  }

  /** Time has passed or an edge has reported; whether some slot has settled. */
  boolean look(long time) {
    if (unsettled == 0) {
      return false;
    }
    boolean all =
        view.apart().isEmpty()
            && view.with(Role.EDGE).stream()
                .allMatch(edge -> Long.valueOf(print).equals(reported.get(edge.id())));
    int before = unsettled;
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      if (mine[slot] && !settled[slot] && (all || time - since[slot] >= mostMillis)) {
        settled[slot] = true;
        unsettled--;
      }
    }
    return unsettled < before;
  }

  boolean mine(String user) {
    return mine[Slots.of(user)];
  }

  /** Whether a user of whom no session is known has none. */
  boolean settled(String user) {
    return settled[Slots.of(user)];
  }

  /** Slots that this node is home of and does not know all of yet. */
  int unsettled() {
    return unsettled;
  }
}
