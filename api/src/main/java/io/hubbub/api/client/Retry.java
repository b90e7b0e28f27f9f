package io.hubbub.api.client;

import io.hubbub.api.log.HubbubException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Does something again until it ends in something else than a temporary error, for a while. */
final class Retry {
  private final Vertx vertx;
  private final ClientOptions options;

  Retry(Vertx vertx, ClientOptions options) {
    this.vertx = vertx;
    this.options = options;
  }

  <T> Future<T> surely(Supplier<Future<T>> attempt) {
    return attempt(attempt, options.retryFirstMillis(), now() + options.retryForMillis());
  }

  private <T> Future<T> attempt(Supplier<Future<T>> attempt, long most, long until) {
    return attempt
        .get()
        .recover(
            failure -> {
              if (!(failure instanceof HubbubException known)
                  || !known.code().temporary()
                  || now() >= until) {
                return Future.failedFuture(failure);
              }
              long wait = ThreadLocalRandom.current().nextLong(1, Math.max(2, most + 1));
              long next = Math.min(2 * most, options.retryMostMillis());
              return vertx
                  .timer(Math.max(wait, known.retryAfterMs()), TimeUnit.MILLISECONDS)
                  .compose(again -> attempt(attempt, next, until));
            });
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
