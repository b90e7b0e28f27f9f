package io.hubbub.chat;

import java.util.Map;
import java.util.Set;

/**
 * How many sessions an edge gives up so that all edges have about as many. No load balancer moves
 * open sockets: a node that is added gets none but those that come by themselves.
 *
 * <p>Where they go is up to what stands before the nodes. It may send some of them back here, or
 * all. So an edge gives up as many as it has too many, sees what became of it, and goes on only if
 * it helped; else it leaves its clients in peace for a good while. While nodes come and go nobody
 * is moved: in a rolling restart clients would be sent to a node that is next. Not safe for use by
 * several threads.
 */
final class Balance {
  /** Fewer too many are not worth the trouble. */
  static final int LEAST = 20;

  private final BalanceOptions options;
  private Set<String> edges = Set.of();
  private int begun;
  private int left;
  private long notBefore = Long.MIN_VALUE;

  Balance(BalanceOptions options) {
    this.options = options;
  }

  /**
   * How many to give up now.
   *
   * @param now monotonic milliseconds
   * @param own how many sessions there are here
   * @param others how many the other edges have
   */
  int excess(long now, int own, Map<String, Long> others) {
    if (!edges.equals(others.keySet())) {
      edges = Set.copyOf(others.keySet());
      begun = 0;
      left = 0;
      notBefore = now + options.settleMillis();
    }
    long total = own + others.values().stream().mapToLong(Long::longValue).sum();
    long mean = total / (1 + others.size());
    int tooMany = (int) (own - mean);
    if (options.abovePercent() == 0 || tooMany < LEAST) {
      begun = 0;
      left = 0;
      return 0;
    }
    if (left == 0 && now >= notBefore && tooMany * 100L > mean * options.abovePercent()) {
      if (begun > 0 && (begun - tooMany) * 4 < begun) {
        begun = 0;
        notBefore = now + options.againMillis();
        return 0;
      }
      begun = tooMany;
      left = tooMany;
    }
    int most = Math.max(LEAST, (int) (own * (long) options.sharePercent() / 100));
    int moved = Math.min(most, Math.min(left, tooMany));
    left -= moved;
    if (moved > 0 && left == 0) {
      notBefore = now + 2 * options.everyMillis(); // Until then who was sent away is somewhere.
    }
    return moved;
  }
}
