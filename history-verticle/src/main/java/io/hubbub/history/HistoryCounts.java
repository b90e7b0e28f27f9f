package io.hubbub.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;

/** What a home counts. */
final class HistoryCounts {
  private final DistributionSummary batch;
  private final Counter retried;
  private final Counter split;
  private final Counter expired;
  private final Counter foreign;
  private final Counter epochs;
  private final Counter contested;

  HistoryCounts(MeterRegistry registry) {
    this.batch = DistributionSummary.builder("hubbub.append.batch").register(registry);
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
