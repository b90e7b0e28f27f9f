package io.hubbub.chat.limit;

/**
 * Lets a burst through at once and then so many a second. Told the time, so it is exact and needs
 * no timer. Not for several threads at once.
 */
public final class TokenBucket {
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final double burst;
  private double tokens;
  private long last;

  /**
   * A full bucket.
   *
   * @param perSecond tokens that come back each second; 0 for no limit at all
   * @param burst how many it holds, at least 1
   * @param nanos now, in nanoseconds of {@link System#nanoTime}
   */
  public TokenBucket(double perSecond, double burst, long nanos) {
    this.perSecond = perSecond;
    this.burst = Math.max(1, burst);
    this.tokens = this.burst;
    this.last = nanos;
  }

  /**
   * Takes a token where there is one.
   *
   * @return 0 when it was taken, else the milliseconds until there is one
   */
  public long take(long nanos) {
    if (perSecond <= 0) {
      return 0;
    }
    refill(nanos);
    if (tokens >= 1) {
      tokens--;
      return 0;
    }
    return Math.max(1, (long) Math.ceil((1 - tokens) / perSecond * 1000));
  }

  /** Puts one back that was taken. */
  public void giveBack() {
    tokens = Math.min(burst, tokens + 1);
  }

  /** Whether it is full, so that forgetting it changes nothing. */
  boolean full(long nanos) {
    refill(nanos);
    return tokens >= burst;
  }

  private void refill(long nanos) {
    long elapsed = nanos - last;
    if (elapsed > 0) {
      tokens = Math.min(burst, tokens + elapsed / NANOS * perSecond);
      last = nanos;
    }
  }
}
