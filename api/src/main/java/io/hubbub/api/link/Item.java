package io.hubbub.api.link;

import io.hubbub.api.bus.Wire;

/**
 * What a link carries. Each kind has a code in {@link Items}; the order of items within a link is
 * the order in which they were offered.
 */
public sealed interface Item extends Wire
    permits Append,
        Interest,
        InterestReset,
        Mark,
        Typing,
        Acked,
        Delivered,
        Known,
        Marked,
        ReadMoved,
        Lease,
        Watch,
        Report,
        Shown,
        ReportAgain {

  /** About how many bytes it takes in a queue. */
  default int weight() {
    return 96;
  }
}
