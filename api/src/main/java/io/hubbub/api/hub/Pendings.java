package io.hubbub.api.hub;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All that was sent to homes and not answered, in the order in which it was sent: this order, not
 * that of any link, is what a sender relies on. No I/O; confined to one thread.
 */
final class Pendings {
  private static final class Queue {
    private final TreeMap<Long, Pending> byId = new TreeMap<>();
    private long bytes;
  }

  private final Map<Long, Pending> all = new HashMap<>();
  private final Map<String, Queue> byHome = new HashMap<>();

  void add(Pending pending) {
    all.put(pending.id(), pending);
    join(pending);
  }

  /** Says to which home it goes now, or null for none. */
  void assign(Pending pending, @Nullable String home) {
    part(pending);
    pending.home = home;
    join(pending);
  }

  /** What has this number and was not taken out; null where nothing has. */
  @Nullable Pending get(long id) {
    return all.get(id);
  }

  /** Takes out what was answered; null when it was answered before. */
  @Nullable Pending take(long id) {
    Pending pending = all.remove(id);
    if (pending != null) {
      part(pending);
    }
    return pending;
  }

  /** Those that a test picks, in the order in which they were sent. */
  List<Pending> pick(Predicate<Pending> test) {
    List<Pending> picked = new ArrayList<>();
    for (Queue queue : byHome.values()) {
      for (Pending pending : queue.byId.values()) {
        if (test.test(pending)) {
          picked.add(pending);
        }
      }
    }
    picked.sort(Comparator.comparingLong(Pending::id));
    return picked;
  }

  /** About how many bytes wait for a home. */
  long bytes(@Nullable String home) {
    Queue queue = byHome.get(name(home));
    return queue == null ? 0 : queue.bytes;
  }

  /**
   * The oldest one that waits for a home, or null. One that was refused waits only for the answer
   * to another copy, which may never come: it says nothing of how long the home takes.
   */
  @Nullable Pending oldest(@Nullable String home) {
    Queue queue = byHome.get(name(home));
    if (queue != null) {
      for (Pending pending : queue.byId.values()) {
        if (!pending.refused) {
          return pending;
        }
      }
    }
    return null;
  }

  int size() {
    return all.size();
  }

  private void join(Pending pending) {
    Queue queue = byHome.computeIfAbsent(name(pending.home), key -> new Queue());
    queue.byId.put(pending.id(), pending);
    queue.bytes += pending.item.weight();
  }

  private void part(Pending pending) {
    Queue queue = byHome.get(name(pending.home));
    if (queue != null && queue.byId.remove(pending.id()) != null) {
      queue.bytes -= pending.item.weight();
      if (queue.byId.isEmpty()) {
        byHome.remove(name(pending.home));
      }
    }
  }

  private static String name(@Nullable String home) {
    return home == null ? "" : home;
  }
}
