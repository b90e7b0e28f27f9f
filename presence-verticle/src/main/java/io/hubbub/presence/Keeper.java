package io.hubbub.presence;

import io.hubbub.api.query.Done;
import io.hubbub.api.query.KeptPresence;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is to outlive sessions, on its way to the database: of each user the newest, one statement
 * in flight, written every so often. While the database is away a bounded number waits; those that
 * have waited longest go, as their users are the least likely to be asked for. Confined to the
 * verticle's context.
 */
final class Keeper {
  private static final int AT_ONCE = 1_000;
  private static final int MOST = 100_000;

  private final Function<List<KeptPresence>, Future<Done>> store;
  private final Map<String, KeptPresence> waiting = new LinkedHashMap<>();
  private final Map<String, KeptPresence> inFlight = new LinkedHashMap<>();
  private final Counter rows;
  private final Counter dropped;
  private Future<?> flight = Future.succeededFuture();

  Keeper(Function<List<KeptPresence>, Future<Done>> store, MeterRegistry metrics) {
    this.store = store;
    this.rows = metrics.counter("hubbub.presence.kept.rows");
    this.dropped = metrics.counter("hubbub.presence.kept.dropped");
  }

  void add(KeptPresence row) {
    waiting.merge(row.user(), row, Keeper::later);
    if (waiting.size() > MOST) {
      waiting.remove(waiting.keySet().iterator().next());
      dropped.increment();
    }
  }

  /** What was read, with what has not been written yet. */
  KeptPresence over(KeptPresence read) {
    return later(later(read, inFlight.get(read.user())), waiting.get(read.user()));
  }

  /** Writes what waits, after what is being written; done when nothing waits any more. */
  Future<?> flush() {
    if (!inFlight.isEmpty()) {
      return flight;
    }
    if (waiting.isEmpty()) {
      return Future.succeededFuture();
    }
    for (Iterator<KeptPresence> each = waiting.values().iterator();
        each.hasNext() && inFlight.size() < AT_ONCE; ) {
      KeptPresence row = each.next();
      inFlight.put(row.user(), row);
      each.remove();
    }
    flight =
        store
            .apply(new ArrayList<>(inFlight.values()))
            .onComplete(
                done -> {
                  List<KeptPresence> all = new ArrayList<>(inFlight.values());
                  inFlight.clear();
                  if (done.succeeded()) {
                    rows.increment(all.size());
                  } else {
                    all.forEach(this::add);
                  }
                })
            .compose(done -> flush());
    return flight;
  }

  private static KeptPresence later(KeptPresence row, @Nullable KeptPresence other) {
    return other == null
        ? row
        : new KeptPresence(
            row.user(),
            row.chosen().or(other.chosen()),
            Math.max(row.lastSeen(), other.lastSeen()));
  }
}
