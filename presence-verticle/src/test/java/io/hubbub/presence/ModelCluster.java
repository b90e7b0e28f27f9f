package io.hubbub.presence;

import io.hubbub.api.cluster.Homes;
import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.View;
import io.hubbub.api.link.Lease;
import io.hubbub.api.link.Report;
import io.hubbub.api.presence.Chosen;
import io.hubbub.api.presence.Presence;
import io.hubbub.api.presence.SessionInfo;
import io.hubbub.api.query.KeptPresence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A home with a time and a database of the test's own, and edges that say what they are told to.
 */
final class ModelCluster implements UserHome.Port {
  static final String SELF = "home";
  static final long GRACE = 10_000;
  static final long REBUILD = 8_000;
  static final long SILENT = 5_000;
  static final long EPOCH = 1_000_000_000L;

  final Map<String, KeptPresence> database = new TreeMap<>();
  final Map<String, List<Presence>> told = new HashMap<>();
  final UserHome home = new UserHome(GRACE, SILENT, new Settling(SELF, REBUILD), this);
  private final List<String> loading = new ArrayList<>();
  View view = view(Set.of());
  long now = 1_000;
  int calls;
  private long versions;
  private boolean due;

  static View view(Set<String> apart, String... edges) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Node(SELF, Set.of(Role.PRESENCE), false));
    for (String edge : edges) {
      nodes.add(new Node(edge, Set.of(Role.EDGE), false));
    }
    return new View(SELF, nodes, false, apart);
  }

  /** The cluster is seen like this. */
  void see(Set<String> apart, String... edges) {
    view = view(apart, edges);
    home.see(view, now);
    turn();
  }

  /** An edge says that all it holds was told. */
  void report(String edge) {
    home.heard(edge, now);
    home.report(edge, new Report(false, print()), now);
    home.report(edge, new Report(true, print()), now);
    turn();
  }

  long print() {
    return Homes.of(view, Role.PRESENCE).print(SELF);
  }

  void sessions(String edge, String user, boolean... idle) {
    sessions(edge, user, Chosen.NONE, idle);
  }

  void sessions(String edge, String user, Chosen chosen, boolean... idle) {
    List<SessionInfo> all = new ArrayList<>();
    for (boolean each : idle) {
      all.add(session(each));
    }
    home.heard(edge, now);
    home.lease(edge, new Lease(user, ++versions, chosen, false, 0, all), now);
  }

  /** The last session at an edge has ended. */
  void end(String edge, String user, long ago) {
    home.heard(edge, now);
    home.lease(
        edge, new Lease(user, ++versions, Chosen.NONE, true, ago, List.of(session(false))), now);
  }

  static SessionInfo session(boolean idle) {
    return new SessionInfo("s", "phone", "127.0.0.1", 1, idle);
  }

  void watch(String edge, String user) {
    home.watch(edge, user, true);
  }

  /** The turn of the event loop ends, and whatever it has begun. */
  void turn() {
    while (due || !loading.isEmpty()) {
      if (due) {
        due = false;
        home.settle(now);
      }
      List<String> asked = List.copyOf(loading);
      loading.clear();
      asked.forEach(
          user -> home.loaded(database.getOrDefault(user, new KeptPresence(user, Chosen.NONE, 0))));
    }
  }

  /** Time passes in ticks; the edges in view are heard all the while. */
  void pass(long millis) {
    for (long until = now + millis; now < until; ) {
      now += Math.min(250, until - now);
      view.with(Role.EDGE).forEach(edge -> home.heard(edge.id(), now));
      home.tick(view, now);
      turn();
    }
  }

  /** What an edge was told of a user, in order, as others see it. */
  List<String> told(String edge, String user) {
    return told.getOrDefault(edge + " " + user, List.of()).stream()
        .map(seen -> seen.toOthers().status().label())
        .toList();
  }

  @Nullable Presence last(String edge, String user) {
    List<Presence> all = told.getOrDefault(edge + " " + user, List.of());
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }

  @Override
  public void show(String edge, Presence presence) {
    calls++;
    told.computeIfAbsent(edge + " " + presence.user(), key -> new ArrayList<>()).add(presence);
  }

  @Override
  public void load(String user) {
    calls++;
    loading.add(user);
  }

  @Override
  public void keep(KeptPresence row) {
    calls++;
    database.put(row.user(), row);
  }

  @Override
  public long clock() {
    return EPOCH + now;
  }

  @Override
  public void settleSoon() {
    calls++;
    due = true;
  }
}
