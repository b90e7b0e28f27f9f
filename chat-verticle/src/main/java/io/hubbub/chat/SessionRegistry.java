package io.hubbub.chat;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The sessions of this node over all its event loops: how many a user and an address have, and
 * which one a device replaces. Safe from any thread.
 */
final class SessionRegistry {
  private record Held(Session session, EdgeShard shard) {}

  private final Limits limits;
  private final Map<String, List<Held>> byUser = new HashMap<>();
  private final Map<String, Integer> byAddress = new HashMap<>();
  private int count;

  SessionRegistry(Limits limits, MeterRegistry metrics) {
    this.limits = limits;
    metrics.gauge("hubbub.sessions", this, SessionRegistry::count);
  }

  /** How many sessions have said hello. */
  synchronized int count() {
    return count;
  }

  /** A socket was opened; false when its address has too many. */
  synchronized boolean connect(String address) {
    int open = byAddress.merge(address, 1, Integer::sum);
    return limits.sessionsPerAddress() == 0 || open <= limits.sessionsPerAddress();
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
