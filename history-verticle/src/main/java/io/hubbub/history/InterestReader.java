package io.hubbub.history;

import io.hubbub.history.db.HeadRow;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers interest with heads from the database: the interest is noted first and the head read
 * after that, so nothing committed in between is missed by both. One question is in flight; what
 * comes meanwhile makes the next, once each: while the database is away, interest that is told
 * again and again costs no more. Confined to the home's context.
 */
final class InterestReader {
  private static final int AT_ONCE = 2_000;

  private record Asked(String edge, UUID conversation) {}

  private final Function<List<UUID>, Future<List<HeadRow>>> heads;
  private final Home home;
  private final Set<Asked> waiting = new LinkedHashSet<>();
  private boolean busy;

  InterestReader(Function<List<UUID>, Future<List<HeadRow>>> heads, Home home) {
    this.heads = heads;
    this.home = home;
  }

  void ask(String edge, UUID conversation) {
    waiting.add(new Asked(edge, conversation));
    next();
  }

  private void next() {
    if (busy || waiting.isEmpty()) {
      return;
    }
    busy = true;
    List<Asked> asked = new ArrayList<>(Math.min(waiting.size(), AT_ONCE));
    for (Iterator<Asked> each = waiting.iterator(); each.hasNext() && asked.size() < AT_ONCE; ) {
      asked.add(each.next());
      each.remove();
    }
    heads
        .apply(asked.stream().map(Asked::conversation).distinct().toList())
        .onSuccess(rows -> answer(asked, rows))
        .onComplete(
            done -> {
              busy = false;
              if (done.succeeded()) {
                next();
              } else {
                waiting.addAll(asked);
              }
            });
  }

  /** How many answers are due, without those being read. */
  int waiting() {
    return waiting.size();
  }

  /** Time has passed: asks again what failed; what is no longer wanted is dropped. */
  void tick() {
    waiting.removeIf(asked -> !home.interested().has(asked.edge(), asked.conversation()));
    next();
  }

  private void answer(List<Asked> asked, List<HeadRow> rows) {
    Map<UUID, HeadRow> byId = new LinkedHashMap<>();
    rows.forEach(row -> byId.put(row.conversation(), row));
    for (Asked each : asked) {
      @Nullable HeadRow row = byId.get(each.conversation());
      if (row != null) {
        home.answerInterest(each.edge(), each.conversation(), row.head(), row.members());
      }
    }
  }
}
