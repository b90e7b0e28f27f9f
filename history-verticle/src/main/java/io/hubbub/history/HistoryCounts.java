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

  HistoryCounts(MeterRegistry registry) {
    this.batch = DistributionSummary.builder("hubbub.append.batch").register(registry);
    this.retried = registry.counter("hubbub.append.retried");
    this.split = registry.counter("hubbub.append.split");
    this.expired = registry.counter("hubbub.append.expired");
    this.foreign = registry.counter("hubbub.append.foreign");
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
}
