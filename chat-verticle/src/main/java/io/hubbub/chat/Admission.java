package io.hubbub.chat;

import io.hubbub.chat.limit.TokenBucket;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether this node takes another socket: the first thing an overloaded or draining node sheds.
 * Safe from any thread.
 */
final class Admission {
  private static final int MOST_RETRY_SECONDS = 5;

  private final @Nullable TokenBucket handshakes;
  private final BooleanSupplier draining;
  private final Counter refused;

  Admission(Limits limits, BooleanSupplier draining, MeterRegistry metrics) {
    int perSecond = limits.handshakesPerSecond();
    this.handshakes =
        perSecond == 0 ? null : new TokenBucket(perSecond, perSecond, System.nanoTime());
    this.draining = draining;
    this.refused = metrics.counter("hubbub.handshakes.refused");
  }

  /** 0 where another socket is welcome; else after how many seconds, jittered, to come again. */
  int retryAfterSeconds() {
    if (draining.getAsBoolean() || !take()) {
      refused.increment();
      return 1 + ThreadLocalRandom.current().nextInt(MOST_RETRY_SECONDS);
    }
    return 0;
  }

  private synchronized boolean take() {
    return handshakes == null || handshakes.take(System.nanoTime()) == 0;
  }
}
