package io.hubbub.chat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What an event loop of an edge counts. Those of one node count together. */
final class EdgeCounts {
  private final Counter pulls;
  private final Counter catchUps;
  private final Counter gaps;
  private final Counter resets;

  EdgeCounts(MeterRegistry metrics) {
    this.pulls = metrics.counter("hubbub.pages", "for", "hole");
    this.catchUps = metrics.counter("hubbub.pages", "for", "catching-up");
    this.gaps = metrics.counter("hubbub.gaps");
    this.resets = metrics.counter("hubbub.resets");
  }

  /** A page is read as deliveries have left a hole. */
  void pull() {
    pulls.increment();
  }

  /** A page is read for sessions that catch up. */
  void catchUp() {
    catchUps.increment();
  }

  /** A session was told that it gets summaries only. */
  void gap() {
    gaps.increment();
  }

  /** A session was told to drop what it holds. */
  void reset() {
    resets.increment();
  }
}
