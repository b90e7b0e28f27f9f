package io.hubbub.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a home counts. */
final class HistoryCounts {
  /** A commit is a few milliseconds on a good disk; over a second something is wrong. */
  private static final Duration[] BOUNDS =
      Stream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final DistributionSummary batch;
  private final Timer commit;
  private final Counter retried;
  private final Counter split;
  private final Counter expired;
  private final Counter foreign;
  private final Counter epochs;
  private final Counter contested;

  HistoryCounts(MeterRegistry registry) {
    this.batch = DistributionSummary.builder("hubbub.append.batch").register(registry);
    this.commit =
        Timer.builder("hubbub.append.time").serviceLevelObjectives(BOUNDS).register(registry);
    this.retried = registry.counter("hubbub.append.retried");
    this.split = registry.counter("hubbub.append.split");
    this.expired = registry.counter("hubbub.append.expired");
    this.foreign = registry.counter("hubbub.append.foreign");
    this.epochs = registry.counter("hubbub.epoch.changes");
    this.contested = registry.counter("hubbub.view.contested.seconds");
  }

  void batch(int rows) {
    batch.record(rows);
  }

  /** The same, and how long it took the database. */
  <T> Future<T> timed(Future<T> append) {
    long from = System.nanoTime();
    return append.onSuccess(done -> commit.record(System.nanoTime() - from, TimeUnit.NANOSECONDS));
  }

  void retried() {
    retried.increment();
  }

  void split() {
    split.increment();
  }

  void expired(int commands) {
    expired.increment(commands);
  }

  void foreign() {
    foreign.increment();
  }

  void epoch() {
    epochs.increment();
  }

  /** A second in which the database and the cluster disagreed on who is alive. */
  void contested() {
    contested.increment();
  }
}
