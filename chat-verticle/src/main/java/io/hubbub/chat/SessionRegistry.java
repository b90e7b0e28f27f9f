package io.hubbub.chat;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The sessions of this node over all its event loops: how many a user and an address have, and
 * which one a device replaces. Safe from any thread.
 */
final class SessionRegistry {
  /** A session and where it lives. */
  record Held(Session session, EdgeShard shard) {}

  private final Limits limits;
  private final TreeMap<String, List<Held>> byUser = new TreeMap<>();
  private final Map<String, Integer> byAddress = new HashMap<>();
  private final AtomicInteger slow = new AtomicInteger();
  private int count;

  SessionRegistry(Limits limits, MeterRegistry metrics) {
    this.limits = limits;
    metrics.gauge("hubbub.sessions", this, SessionRegistry::count);
    metrics.gauge("hubbub.sessions.slow", slow);
  }

  /** How many sessions have said hello. */
  synchronized int count() {
    return count;
  }

  /** A client has come; false, and nothing is counted, when its address has too many. */
  synchronized boolean connect(String address) {
    int open = byAddress.merge(address, 1, Integer::sum);
    boolean room = limits.sessionsPerAddress() == 0 || open <= limits.sessionsPerAddress();
    if (!room) {
      disconnect(address);
    }
    return room;
  }

  /** A socket of an address was closed. */
  synchronized void disconnect(String address) {
    byAddress.computeIfPresent(address, (key, open) -> open == 1 ? null : open - 1);
  }

  /** A session has said who it is; false when its user has too many. */
  synchronized boolean admit(Session session, EdgeShard shard) {
    List<Held> same = byUser.computeIfAbsent(session.user(), key -> new ArrayList<>(1));
    String device = session.device();
    if (device != null) {
      for (Held held : List.copyOf(same)) {
        if (Objects.equals(device, held.session().device())) {
          same.remove(held);
          count--;
          held.shard()
              .post(() -> held.session().close(CloseCode.REPLACED, CloseCode.REPLACED.reason()));
        }
      }
    }
    if (limits.sessionsPerUser() > 0 && same.size() >= limits.sessionsPerUser()) {
      return false;
    }
    same.add(new Held(session, shard));
    count++;
    return true;
  }

  /**
   * Sessions in order of user and id.
   *
   * @param afterUser only those behind this user's session {@code afterId}
   * @param limit how many at most
   */
  synchronized List<Held> page(String afterUser, String afterId, int limit) {
    List<Held> found = new ArrayList<>();
    for (Map.Entry<String, List<Held>> user : byUser.tailMap(afterUser, true).entrySet()) {
      boolean begun = user.getKey().equals(afterUser);
      user.getValue().stream()
          .filter(held -> !begun || held.session().id.compareTo(afterId) > 0)
          .sorted(Comparator.comparing(held -> held.session().id))
          .limit(limit - found.size())
          .forEach(found::add);
      if (found.size() == limit) {
        break;
      }
    }
    return found;
  }

  /** All sessions of a user. */
  synchronized List<Held> of(String user) {
    return List.copyOf(byUser.getOrDefault(user, List.of()));
  }

  /** The session of an id, looked for among all, as only administrators ask; or none. */
  synchronized Optional<Held> find(String id) {
    return byUser.values().stream()
        .flatMap(List::stream)
        .filter(held -> held.session().id.equals(id))
        .findFirst();
  }

  /** A shard has so many more, or fewer, sessions for which much waits. */
  void slow(int more) {
    slow.addAndGet(more);
  }

  /** A session has ended. */
  synchronized void remove(Session session) {
    List<Held> same = byUser.get(session.user());
    if (same != null && same.removeIf(held -> held.session() == session)) {
      count--;
    }
    if (same != null && same.isEmpty()) {
      byUser.remove(session.user());
    }
  }
}
