package io.hubbub.chat.limit;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A {@link TokenBucket} for each of many keys, such as addresses or names. Holds a bounded number
 * of them: full ones are forgotten first, then those unused the longest. Safe from any thread.
 */
public final class RateLimit {
  /** How many buckets are looked at for being full at each new key. */
  private static final int SWEEP = 4;

  private final double perSecond;
  private final double burst;
  private final int maxKeys;
  private final Map<String, TokenBucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * A limit for each key.
   *
   * @param perSecond how many a second in the long run; 0 for no limit
   * @param burst how many at once
   * @param maxKeys how many keys are remembered at most
   */
  public RateLimit(double perSecond, double burst, int maxKeys) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.maxKeys = Math.max(1, maxKeys);
  }

  /**
   * Takes one of a key's tokens where there is one.
   *
   * @param nanos now, in nanoseconds of {@link System#nanoTime}
   * @return 0 when it was taken, else the milliseconds until there is one
   */
  public synchronized long take(String key, long nanos) {
    if (perSecond <= 0) {
      return 0;
    }
    TokenBucket bucket = buckets.get(key);
    if (bucket == null) {
      forget(nanos);
      bucket = new TokenBucket(perSecond, burst, nanos);
      buckets.put(key, bucket);
    }
    return bucket.take(nanos);
  }

  /** Puts one back that was taken. */
  public synchronized void giveBack(String key) {
    TokenBucket bucket = buckets.get(key);
    if (bucket != null) {
      bucket.giveBack();
    }
  }

  /** How many keys are remembered. */
  public synchronized int size() {
    return buckets.size();
  }

  private void forget(long nanos) {
    Iterator<TokenBucket> oldest = buckets.values().iterator();
    for (int i = 0; i < SWEEP && oldest.hasNext(); i++) {
      if (oldest.next().full(nanos) || buckets.size() >= maxKeys) {
        oldest.remove();
      } else {
        break;
      }
    }
  }
}
