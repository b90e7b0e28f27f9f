package io.hubbub.chat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Reads with large answers: a few of a session at a time, and none while what was answered has not
 * been written, so that asking much and reading nothing costs no memory. Confined to the session's
 * event loop.
 */
final class BulkReads {
  private static final int AT_ONCE = 4;

  private final BooleanSupplier roomy;
  private final Deque<Runnable> waiting = new ArrayDeque<>(1);
  private int running;

  /**
   * None yet.
   *
   * @param roomy whether there is room for another answer
   */
  BulkReads(BooleanSupplier roomy) {
    this.roomy = roomy;
  }

  /** Runs it when its turn comes. */
  <T> Future<T> run(Supplier<Future<T>> read) {
    Promise<T> promise = Promise.promise();
    waiting.add(
        () ->
            Future.succeededFuture()
                .compose(go -> read.get())
                .onComplete(
                    result -> {
                      running--;
                      promise.handle(result);
                      next();
                    }));
    next();
    return promise.future();
  }

  /** Goes on, where there is room. */
  void next() {
    while (running < AT_ONCE && !waiting.isEmpty() && roomy.getAsBoolean()) {
      running++;
      waiting.remove().run();
    }
  }
}
