package io.hubbub.history;

import io.hubbub.api.link.EdgeLinks;
import io.hubbub.api.link.Mark;
import io.hubbub.api.link.Marked;
import io.hubbub.api.link.ReadMoved;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.history.db.MarkRow;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * Read positions on their way to the database: one statement in flight, what comes meanwhile makes
 * the next. They only rise, so a lost one costs a badge that the next one mends. Confined to the
 * home's context.
 */
final class MarkQueue {
  private static final int AT_ONCE = 500;

  private record Asked(String edge, Mark mark, Runnable done) {}

  private final Function<List<Mark>, Future<List<MarkRow>>> store;
  private final EdgeLinks edges;
  private final Home home;
  private final Deque<Asked> waiting = new ArrayDeque<>();
  private boolean busy;

  MarkQueue(Function<List<Mark>, Future<List<MarkRow>>> store, EdgeLinks edges, Home home) {
    this.store = store;
    this.edges = edges;
    this.home = home;
  }

  void add(String edge, Mark mark, Runnable done) {
    waiting.add(new Asked(edge, mark, done));
    next();
  }

  boolean idle() {
    return !busy && waiting.isEmpty();
  }

  private void next() {
    if (busy || waiting.isEmpty()) {
      return;
    }
    busy = true;
    List<Asked> batch = new ArrayList<>();
    while (batch.size() < AT_ONCE && !waiting.isEmpty()) {
      batch.add(waiting.remove());
    }
    store
        .apply(batch.stream().map(Asked::mark).toList())
        .onSuccess(rows -> answer(batch, rows))
        .onFailure(failure -> refuse(batch))
        .onComplete(
            done -> {
              busy = false;
              batch.forEach(asked -> asked.done().run());
              next();
            });
  }

  private void answer(List<Asked> batch, List<MarkRow> rows) {
    for (int i = 0; i < batch.size(); i++) {
      Mark mark = batch.get(i).mark();
      MarkRow row = rows.get(i);
      ErrorCode error = row.error();
      edges.offer(
          batch.get(i).edge(),
          new Marked(mark.id(), error == null ? 0 : error.number(), row.read(), row.unread()));
      if (error == null) {
        home.moved(
            new ReadMoved(
                mark.conversation(),
                mark.user(),
                row.read(),
                row.delivered(),
                row.unread(),
                row.members(),
                row.quiet()));
      }
    }
  }

  private void refuse(List<Asked> batch) {
    for (Asked asked : batch) {
      edges.offer(
          asked.edge(), new Marked(asked.mark().id(), ErrorCode.UNAVAILABLE.number(), 0, 0));
    }
  }
}
