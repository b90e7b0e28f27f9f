package io.hubbub.presence;

import io.hubbub.api.link.Lease;
import io.hubbub.api.presence.Chosen;
import io.hubbub.api.presence.Presence;
import io.hubbub.api.presence.SessionInfo;
import io.hubbub.api.presence.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a home knows of one user. Times are monotonic milliseconds. Confined to one thread. */
final class HomeUser {
  /** {@link Held#endedAt} of sessions that have not ended. */
  static final long LIVE = Long.MAX_VALUE;

  /**
   * The sessions at one edge.
   *
   * @param lease as the edge told
   * @param endedAt when they ended, or {@link #LIVE}
   */
  record Held(Lease lease, long endedAt) {
    boolean live() {
      return endedAt == LIVE;
    }
  }

  final String id;
  final Map<String, Held> leases = new HashMap<>(2);

  /** The edges at which somebody watches. */
  final Set<String> watchers = new HashSet<>(2);

  /** Those of them that have not been told anything since they asked. */
  final Set<String> unanswered = new HashSet<>(2);

  /** Whether what is kept of the user has been read: before that nothing can be told. */
  boolean loaded;

  Chosen chosen = Chosen.NONE;

  /** When others last saw the user, epoch milliseconds; 0: never. */
  long lastSeen;

  /** When the last session ended that has been forgotten. */
  long endedAt;

  /** How the user is seen; null while this home does not know. */
  @Nullable Presence state;

  HomeUser(String id) {
    this.id = id;
  }

  /** Forgets sessions that ended before a time. */
  void expire(long before) {
    leases
        .values()
        .removeIf(
            held -> {
              boolean over = !held.live() && held.endedAt() <= before;
              if (over) {
                endedAt = Math.max(endedAt, held.endedAt());
              }
              return over;
            });
  }

  /** The merged status; while none is live, that of the sessions within their grace period. */
  Status status() {
    boolean live = leases.values().stream().anyMatch(Held::live);
    List<SessionInfo> sessions = new ArrayList<>(4);
    for (Held held : leases.values()) {
      if (held.live() || !live) {
        sessions.addAll(held.lease().sessions());
      }
    }
    return Merge.of(sessions, chosen.status());
  }
}
