package io.hubbub.chat;

import io.hubbub.api.hub.Hub;
import io.hubbub.api.query.Change;
import io.hubbub.api.query.Changes;
import io.hubbub.api.query.ReadChanges;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads what changed for users, every second from its watermark and at once when nudged: whatever a
 * nudge loses, the next second finds. Confined to the hub's context.
 */
final class ChangeReader {
  private static final long EVERY_MILLIS = 1_000;

  private final Vertx vertx;
  private final Hub hub;
  private final Consumer<List<Change>> sink;
  private long watermark;
  private boolean reading;
  private boolean again;
  private long timer;

  ChangeReader(Vertx vertx, Hub hub, Consumer<List<Change>> sink) {
    this.vertx = vertx;
    this.hub = hub;
    this.sink = sink;
  }

  void start() {
    timer = vertx.setPeriodic(EVERY_MILLIS, tick -> read());
    read();
  }

  void stop() {
    vertx.cancelTimer(timer);
  }

  /** Reads now, or once more when a reading is under way. */
  void read() {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    ask(watermark, 0)
        .onComplete(
            done -> {
              reading = false;
              if (again) {
                again = false;
                read();
              }
            });
  }

  /** Reads on to the end; what the first answer says is where the next reading begins. */
  private Future<Void> ask(long from, long begun) {
    return hub.ask(new ReadChanges(from), Changes.class)
        .compose(
            changes -> {
              if (!changes.changes().isEmpty()) {
                sink.accept(changes.changes());
              }
              long begin = begun == 0 ? changes.watermark() : begun;
              if (changes.next() > 0) {
                return ask(changes.next(), begin);
              }
              watermark = begin;
              return Future.succeededFuture();
            });
  }
}
