package io.hubbub.api.node;

import java.util.concurrent.TimeUnit;

/**
 * The database's clock as this process believes it, carried on by the monotonic clock: the node's
 * own wall clock may be an hour off or jump. Runs ahead by at most the time that the last answer
 * took, never behind. Confined to one thread.
 */
public final class DatabaseClock {
  private long offsetMillis;
  private boolean known;

  /** The database said this time in answer to a question asked at that monotonic nanosecond. */
  public void set(long databaseMillis, long askedNanos) {
    offsetMillis = databaseMillis - monotonic(askedNanos);
    known = true;
  }

  /** About the database's time now, epoch milliseconds; 0 while nobody has said it. */
  public long now() {
    return known ? offsetMillis + monotonic(System.nanoTime()) : 0;
  }

  private static long monotonic(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
