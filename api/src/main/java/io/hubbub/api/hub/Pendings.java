package io.hubbub.api.hub;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All that was sent to homes and not answered, in the order in which it was sent: this order, not
 * that of any link, is what a sender relies on. No I/O; confined to one thread.
 */
final class Pendings {
  private final Map<Long, Pending> byId = new LinkedHashMap<>();
  private final Map<String, Long> bytes = new HashMap<>();

  void add(Pending pending) {
    byId.put(pending.id(), pending);
  }

  /** Says to which home it goes now, or null for none. */
  void assign(Pending pending, @Nullable String home) {
    weigh(pending.home, -pending.item.weight());
    pending.home = home;
    weigh(home, pending.item.weight());
  }

  /** Takes out what was answered; null when it was answered before. */
  @Nullable Pending take(long id) {
    Pending pending = byId.remove(id);
    if (pending != null) {
      weigh(pending.home, -pending.item.weight());
    }
    return pending;
  }

  /** Those that a test picks, in order. */
  List<Pending> pick(Predicate<Pending> test) {
    List<Pending> picked = new ArrayList<>();
    for (Pending pending : byId.values()) {
      if (test.test(pending)) {
        picked.add(pending);
      }
    }
    return picked;
  }

  /** About how many bytes wait for a home. */
  long bytes(@Nullable String home) {
    return bytes.getOrDefault(name(home), 0L);
  }

  /** The oldest one that waits for a home, or null. */
  @Nullable Pending oldest(@Nullable String home) {
    if (bytes(home) == 0) {
      return null;
    }
    for (Pending pending : byId.values()) {
      if (name(home).equals(name(pending.home))) {
        return pending;
      }
    }
    return null;
  }

  int size() {
    return byId.size();
  }

  private void weigh(@Nullable String home, long weight) {
    bytes.merge(name(home), weight, Long::sum);
    bytes.computeIfPresent(name(home), (key, sum) -> sum == 0 ? null : sum);
  }

  private static String name(@Nullable String home) {
    return home == null ? "" : home;
  }
}
