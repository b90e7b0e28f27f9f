package io.hubbub.presence;

import io.hubbub.api.presence.Presence;
import io.hubbub.api.presence.Status;
import io.hubbub.api.query.OnlineChanges;
import io.hubbub.api.query.ReadOnlineChanges;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many users there are of each status, and the newest changes, for those who look at all of
 * them. Bounded; confined to one thread.
 */
final class Recent {
  private static final int MOST_ASKED = 1_000;

  private final Presence[] ring;
  private final Map<Status, Long> counts = new EnumMap<>(Status.class);
  private long next = 1;

  /**
   * Nothing yet.
   *
   * @param kept how many changes are kept
   */
  Recent(int kept) {
    ring = new Presence[kept];
  }

  /** A user is seen in another way; null: it is not known how. */
  void changed(@Nullable Presence before, @Nullable Presence now) {
    forget(before);
    if (now != null) {
      counts.merge(now.status(), 1L, Long::sum);
      if (before != null || now.status() != Status.OFFLINE) {
        ring[(int) (next++ % ring.length)] = now;
      }
    }
  }

  /** This home knows nothing of the user any more, which is no change. */
  void forget(@Nullable Presence before) {
    if (before != null) {
      counts.merge(before.status(), -1L, Long::sum);
    }
  }

  /** How many users there are of a status. */
  long count(Status status) {
    return counts.getOrDefault(status, 0L);
  }

  /** What has changed since a place. */
  OnlineChanges after(ReadOnlineChanges query) {
    long oldest = Math.max(1, next - ring.length);
    boolean strange = query.after() > next;
    boolean begins = query.after() == 0;
    boolean lost = !begins && (strange || query.after() < oldest);
    long from = begins || strange ? next : Math.max(oldest, query.after());
    int limit = Math.max(1, Math.min(MOST_ASKED, query.limit()));
    List<Presence> found = new ArrayList<>();
    while (from < next && found.size() < limit) {
      found.add(ring[(int) (from++ % ring.length)]);
    }
    return new OnlineChanges(found, from, lost, byCode());
  }

  private List<Long> byCode() {
    List<Long> all = new ArrayList<>();
    for (Status status : Status.values()) {
      while (all.size() <= status.code()) {
        all.add(0L);
      }
      all.set(status.code(), status == Status.OFFLINE ? 0L : count(status));
    }
    return all;
  }
}
