package io.hubbub.presence;

import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.View;
import io.hubbub.api.link.Lease;
import io.hubbub.api.link.Report;
import io.hubbub.api.presence.Chosen;
import io.hubbub.api.presence.Presence;
import io.hubbub.api.presence.Status;
import io.hubbub.api.query.KeptPresence;
import io.hubbub.presence.HomeUser.Held;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/**
 * All users that this node is home of and knows of: with sessions, or watched. What edges tell
 * marks users; {@link #settle} then tells the edges that watch them how they are seen, once,
 * however much has changed. No I/O; times are monotonic milliseconds; confined to one thread.
 */
final class UserHome {
  /** What it needs from outside. */
  interface Port {
    /** Tells an edge. */
    void show(String edge, Presence presence);

    /** Reads what is kept of a user, and calls {@link #loaded}. */
    void load(String user);

    /** Keeps it. */
    void keep(KeptPresence row);

    /** The database's time, epoch milliseconds. */
    long clock();

    /** Calls {@link #settle} at the end of this turn. */
    void settleSoon();
  }

  private record Deadline(long at, String user) {}

  /** So many changes are kept for those who look at everybody. */
  private static final int RECENT = 10_000;

  private final long graceMillis;
  private final long silentMillis;
  private final Settling settling;
  private final Port port;
  private final TreeMap<String, HomeUser> users = new TreeMap<>();
  private final Map<String, EdgePart> edges = new HashMap<>();
  private final Recent recent = new Recent(RECENT);
  private View seen = new View("", List.of(), false);
  private final Set<String> touched = new LinkedHashSet<>();
  private final PriorityQueue<Deadline> deadlines =
      new PriorityQueue<>(Comparator.comparingLong(Deadline::at));

  /**
   * Nobody yet.
   *
   * @param silentMillis how long an edge that has left must have been silent to be taken for dead
   */
  UserHome(long graceMillis, long silentMillis, Settling settling, Port port) {
    this.graceMillis = graceMillis;
    this.silentMillis = silentMillis;
    this.settling = settling;
    this.port = port;
  }

  /** All users known, in order of id. */
  NavigableMap<String, HomeUser> users() {
    return users;
  }

  /** How many there are of each status, and what has changed. */
  Recent recent() {
    return recent;
  }

  /** What is known of a user's sessions at an edge is over; one that lives says so again. */
  void expire(String edge, String id, long now) {
    part(edge).over(id);
    HomeUser user = users.get(id);
    Held held = user == null ? null : user.leases.get(edge);
    if (user != null && held != null) {
      hold(user, edge, new Held(held.lease(), Math.min(held.endedAt(), now - graceMillis)));
      touch(id);
    }
  }

  /** Something came from an edge. */
  void heard(String edge, long now) {
    part(edge).heardAt = now;
  }

  /** When something was heard from an edge last; 0 where never. */
  long heardAt(String edge) {
    EdgePart part = edges.get(edge);
    return part == null ? 0 : part.heardAt;
  }

  boolean same(String edge, int count, long hash) {
    return part(edge).same(count, hash);
  }

  /** The sessions of a user at an edge. */
  void lease(String edge, Lease lease, long now) {
    String id = lease.user();
    HomeUser user = user(id);
    Held before = user.leases.get(edge);
    if (before != null && before.lease().version() > lease.version()) {
      return;
    }
    if (lease.ended()) {
      part(edge).over(id);
      hold(user, edge, new Held(lease, now - lease.endedMillis()));
    } else {
      part(edge).lease(id, lease.version());
      hold(user, edge, new Held(lease, HomeUser.LIVE));
    }
    Chosen chosen = user.chosen.or(lease.chosen());
    if (!chosen.equals(user.chosen)) {
      user.chosen = chosen;
      if (user.loaded) {
        keep(user);
      }
    }
    touch(id);
  }

  private void hold(HomeUser user, String edge, Held held) {
    user.leases.put(edge, held);
    if (!held.live()) {
      deadlines.add(new Deadline(held.endedAt() + graceMillis, user.id));
    }
  }

  private void end(String edge, String id, long at) {
    part(edge).over(id);
    HomeUser user = users.get(id);
    Held held = user == null ? null : user.leases.get(edge);
    if (user != null && held != null && held.live()) {
      hold(user, edge, new Held(held.lease(), at));
      touch(id);
    }
  }

  /** Somebody at an edge watches a user, or no longer does. */
  void watch(String edge, String id, boolean on) {
    if (on) {
      part(edge).watch(id);
      HomeUser user = user(id);
      user.watchers.add(edge);
      user.unanswered.add(edge);
    } else {
      part(edge).unwatch(id);
      HomeUser user = users.get(id);
      if (user != null) {
        user.watchers.remove(edge);
        user.unanswered.remove(edge);
      }
    }
    touch(id);
  }

  /** An edge begins to tell everything again, or has. */
  void report(String edge, Report report, long now) {
    EdgePart part = part(edge);
    if (!report.end()) {
      part.begin();
      return;
    }
    part.leasesNotTold().forEach(id -> end(edge, id, now));
    part.watchesNotTold().forEach(id -> watch(edge, id, false));
    settling.reported(edge, report.slots());
    look(now);
  }

  /** What is kept of a user was read. */
  void loaded(KeptPresence row) {
    HomeUser user = users.get(row.user());
    if (user == null || user.loaded) {
      return;
    }
    user.loaded = true;
    user.lastSeen = Math.max(user.lastSeen, row.lastSeen());
    Chosen told = user.chosen;
    user.chosen = row.chosen().or(told);
    if (told.at() > row.chosen().at()) {
      keep(user);
    }
    touch(row.user());
  }

  /** The cluster has changed: whose home is elsewhere now is forgotten, and nobody told so. */
  void see(View view, long now) {
    settling.see(view, now);
    users.values().removeIf(user -> !settling.mine(user.id) && forget(user));
    for (Node node : view.nodes()) {
      if (!seen.has(node.id())) {
        forget(node.id());
      }
    }
    seen = view;
    look(now);
  }

  /**
   * An edge is back in view: what it told before is old, and what it was told may not have come.
   * Until it has reported, nothing is said of those who had sessions there and have none elsewhere.
   */
  private void forget(String edge) {
    EdgePart part = part(edge);
    for (String id : part.leased()) {
      part.over(id);
      HomeUser user = user(id);
      user.leases.remove(edge);
      recent.forget(user.state);
      user.state = null;
      touch(id);
    }
    part.watched().forEach(id -> watch(edge, id, false));
  }

  private boolean forget(HomeUser user) {
    recent.forget(user.state);
    user.leases.keySet().forEach(edge -> part(edge).over(user.id));
    user.watchers.forEach(edge -> part(edge).unwatch(user.id));
    return true;
  }

  /** This node ends: whoever is seen now was last seen now, as nobody here will tell when. */
  void end() {
    for (HomeUser user : users.values()) {
      Presence state = user.state;
      if (state != null && state.status().visible() && settling.mine(user.id)) {
        user.lastSeen = Math.max(user.lastSeen, port.clock());
        keep(user);
      }
    }
  }

  /** This process stood still: what it knew is old. */
  void restart(long now) {
    users.values().forEach(user -> recent.forget(user.state));
    users.clear();
    edges.clear();
    deadlines.clear();
    settling.restart(now);
  }

  /** Time has passed: ends what is over. Costs nothing for users of whom nothing ends. */
  void tick(View view, long now) {
    for (Deadline first = deadlines.peek();
        first != null && first.at() <= now;
        first = deadlines.peek()) {
      deadlines.remove();
      touch(first.user());
    }
    for (String edge : List.copyOf(edges.keySet())) {
      boolean silent = now - heardAt(edge) >= silentMillis;
      if (silent && !view.has(edge) && !view.apart().contains(edge)) {
        gone(edge);
      }
    }
    look(now);
  }

  /** An edge is dead: its sessions ended when it was heard last. */
  private void gone(String edge) {
    EdgePart part = part(edge);
    part.leased().forEach(id -> end(edge, id, part.heardAt));
    part.watched().forEach(id -> watch(edge, id, false));
    edges.remove(edge);
  }

  private void look(long now) {
    if (settling.look(now)) {
      users.values().stream().filter(user -> user.state == null).forEach(user -> touch(user.id));
    }
  }

  /** Tells how those are seen of whom something was told in this turn. */
  void settle(long now) {
    List<String> all = new ArrayList<>(touched);
    touched.clear();
    for (String id : all) {
      HomeUser user = users.get(id);
      if (user != null) {
        settle(user, now);
        boolean kept = user.loaded || user.chosen.at() == 0;
        if (user.leases.isEmpty() && user.watchers.isEmpty() && kept) {
          users.remove(id);
          recent.forget(user.state);
        }
      }
    }
  }

  private void settle(HomeUser user, long now) {
    if (!user.loaded) {
      port.load(user.id);
      return;
    }
    user.expire(now - graceMillis);
    Presence before = user.state;
    Status status = user.status();
    if (status == Status.OFFLINE && before == null && !settling.settled(user.id)) {
      return; // Some edge may have sessions that this home has not heard of.
    }
    boolean visible = status.visible();
    boolean was = before != null && before.status().visible();
    if (visible != was && settling.mine(user.id)) {
      long ago = status == Status.OFFLINE ? Math.max(0, now - user.endedAt) : 0;
      user.lastSeen = Math.max(user.lastSeen, port.clock() - ago);
      keep(user);
    }
    Presence state = new Presence(user.id, status, visible ? 0 : user.lastSeen);
    Set<String> told = state.equals(before) ? user.unanswered : user.watchers;
    if (!state.equals(before)) {
      recent.changed(before, state);
    }
    user.state = state;
    told.forEach(edge -> port.show(edge, state));
    user.unanswered.clear();
  }

  private void keep(HomeUser user) {
    port.keep(new KeptPresence(user.id, user.chosen, user.lastSeen));
  }

  private HomeUser user(String id) {
    return users.computeIfAbsent(id, HomeUser::new);
  }

  private EdgePart part(String edge) {
    return edges.computeIfAbsent(edge, key -> new EdgePart());
  }

  private void touch(String id) {
    if (touched.add(id) && touched.size() == 1) {
      port.settleSoon();
    }
  }
}
