package io.hubbub.api.hub;

import io.hubbub.api.cluster.Homes;
import io.hubbub.api.cluster.Slots;
import io.hubbub.api.link.Lease;
import io.hubbub.api.presence.Chosen;
import io.hubbub.api.presence.SessionInfo;
import io.hubbub.api.presence.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The sessions of this node by user, and which users' homes have yet to be told of a change. A user
 * whose last session has ended is remembered for the grace period, so that a home that is new
 * meanwhile learns when that was. No I/O; times are monotonic milliseconds; confined to one thread.
 */
final class Leases {
  /** Of a user with more sessions here only so many are told, those in use first. */
  private static final int MOST_SESSIONS = 100;

  private static final class Held {
    private final Map<String, SessionInfo> sessions = new LinkedHashMap<>(2);
    private List<SessionInfo> last = List.of();
    private Chosen chosen = Chosen.NONE;
    private long version;
    private long endedAt;
  }

  private record Ended(String user, long version, long at) {}

  private final long graceMillis;
  private final Map<String, Held> held = new HashMap<>();
  private final Interests<String> live =
      new Interests<>(Slots::of, user -> Lease.hash(user, versionOf(user)));
  private final Deque<Ended> ended = new ArrayDeque<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private long versions;

  Leases(long graceMillis) {
    this.graceMillis = graceMillis;
  }

  /** A session has begun, or something about it has changed. */
  void put(String user, SessionInfo session) {
    Held of = held.computeIfAbsent(user, key -> new Held());
    live.remove(user);
    of.sessions.put(session.id(), session);
    next(user, of);
    live.add(user);
  }

  /** A session has ended. */
  void end(String user, String session, long now) {
    Held of = held.get(user);
    SessionInfo over = of == null ? null : of.sessions.get(session);
    if (of == null || over == null) {
      return;
    }
    live.remove(user);
    of.sessions.remove(session);
    next(user, of);
    if (of.sessions.isEmpty()) {
      of.last = List.of(over);
      of.endedAt = now;
      ended.add(new Ended(user, of.version, now));
    } else {
      live.add(user);
    }
  }

  /** A user that has a session here has chosen a status; later than any before, if at once. */
  Chosen choose(String user, Status status, long at) {
    Held of = held.get(user);
    if (of == null || of.sessions.isEmpty()) {
      return Chosen.NONE;
    }
    live.remove(user);
    of.chosen = new Chosen(status, Math.max(at, of.chosen.at() + 1));
    next(user, of);
    live.add(user);
    return of.chosen;
  }

  private void next(String user, Held of) {
    of.version = ++versions;
    changed.add(user);
  }

  private long versionOf(String user) {
    Held of = held.get(user);
    return of == null ? 0 : of.version;
  }

  /** What a home is told of a user that is held. */
  Lease lease(String user, long now) {
    Held of = held.getOrDefault(user, new Held());
    boolean over = of.sessions.isEmpty();
    return new Lease(
        user,
        of.version,
        of.chosen,
        over,
        over ? Math.max(0, now - of.endedAt) : 0,
        over ? of.last : told(of.sessions.values()));
  }

  private static List<SessionInfo> told(Collection<SessionInfo> all) {
    return all.size() <= MOST_SESSIONS
        ? List.copyOf(all)
        : all.stream()
            .sorted(Comparator.comparing(SessionInfo::idle))
            .limit(MOST_SESSIONS)
            .toList();
  }

  /** Takes out the users that changed and that a test picks, as of whom their homes are told. */
  List<String> changed(Predicate<String> picked) {
    List<String> taken = new ArrayList<>(changed.size());
    changed.removeIf(
        user -> {
          boolean take = held.containsKey(user) && picked.test(user);
          if (take) {
            taken.add(user);
          }
          return take || !held.containsKey(user);
        });
    return taken;
  }

  boolean anyChanged() {
    return !changed.isEmpty();
  }

  /** All users of a home: those with sessions, and those whose last one ended within the grace. */
  List<String> of(String home, Homes homes) {
    List<String> all = new ArrayList<>(live.of(home));
    for (Ended one : ended) {
      if (isLast(one) && home.equals(homes.of(one.user()))) {
        all.add(one.user());
      }
    }
    return all;
  }

  int count(String home) {
    return live.of(home).size();
  }

  long hash(String home) {
    return live.hashOf(home);
  }

  void moveTo(Homes homes) {
    live.move(homes);
  }

  /** Time has passed: forgets whose last session ended a grace period ago. */
  void tick(long now) {
    for (Ended first = ended.peek();
        first != null && first.at() < now - graceMillis;
        first = ended.peek()) {
      ended.remove();
      if (isLast(first)) {
        held.remove(first.user());
      }
    }
  }

  /** Users held, those in their grace period included. */
  int size() {
    return held.size();
  }

  private boolean isLast(Ended one) {
    Held of = held.get(one.user());
    return of != null && of.version == one.version();
  }
}
