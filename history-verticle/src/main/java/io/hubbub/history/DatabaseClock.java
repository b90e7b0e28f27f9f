package io.hubbub.history;

import java.util.concurrent.TimeUnit;

/**
 * The database's clock as this process believes it, on the monotonic clock: the node's own clock
 * may be an hour off or jump. Confined to one thread.
 */
final class DatabaseClock {
  private long offsetMillis = System.currentTimeMillis() - monotonic(System.nanoTime());

  /** The database said this time in answer to a question asked at that monotonic nanosecond. */
  void set(long databaseMillis, long askedNanos) {
    offsetMillis = databaseMillis - monotonic(askedNanos);
  }

  /** About the database's time now, epoch milliseconds. */
  long now() {
    return offsetMillis + monotonic(System.nanoTime());
  }

  private static long monotonic(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
