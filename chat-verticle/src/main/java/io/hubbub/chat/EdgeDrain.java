package io.hubbub.chat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Moves every client to another node, spread over most of the window: each is told when to move and
 * is closed a little after that.
 */
final class EdgeDrain {
  private static final double SPREAD = 0.7;

  private final Vertx vertx;
  private final List<EdgeShard> shards;

  EdgeDrain(Vertx vertx, List<EdgeShard> shards) {
    this.vertx = vertx;
    this.shards = shards;
  }

  /** Done when no session is left, or the window is over. */
  Future<Void> run(Duration window) {
    List<Future<Void>> drained = new ArrayList<>();
    for (EdgeShard shard : shards) {
      Promise<Void> promise = Promise.promise();
      shard.post(() -> drain(shard, window, promise));
      drained.add(promise.future());
    }
    return Future.join(drained).mapEmpty();
  }

  private void drain(EdgeShard shard, Duration window, Promise<Void> drained) {
    List<Session> sessions = shard.sessions();
    AtomicInteger left = new AtomicInteger(sessions.size());
    if (sessions.isEmpty()) {
      drained.complete();
      return;
    }
    long spread = Math.max(1, (long) (window.toMillis() * SPREAD) - Moving.GRACE_MILLIS);
    for (Session session : sessions) {
      long after = ThreadLocalRandom.current().nextLong(spread);
      Moving.tell(
          vertx,
          session,
          after,
          () -> {
            if (left.decrementAndGet() == 0) {
              drained.tryComplete();
            }
          });
    }
  }
}
