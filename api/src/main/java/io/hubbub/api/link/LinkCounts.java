package io.hubbub.api.link;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What all links of one kind count. */
public final class LinkCounts {
  private final Counter batches;
  private final Counter items;
  private final Counter resent;
  private final Counter asked;

  /**
   * Counters {@code hubbub.link.*}.
   *
   * @param kind a tag: {@code commands} or {@code deliveries}
   */
  public LinkCounts(MeterRegistry registry, String kind) {
    this.batches = registry.counter("hubbub.link.batches", "link", kind);
    this.items = registry.counter("hubbub.link.items", "link", kind);
    this.resent = registry.counter("hubbub.link.resent", "link", kind);
    this.asked = registry.counter("hubbub.link.asked", "link", kind);
  }

  void batch(int size) {
    batches.increment();
    items.increment(size);
  }

  void resent() {
    resent.increment();
  }

  void asked() {
    asked.increment();
  }
}
