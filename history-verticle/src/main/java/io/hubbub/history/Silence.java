package io.hubbub.history;

import java.util.Set;

/**
 * Notices that nobody hears this home although there are edges that should: each asks every home
 * for a digest every few seconds. Pure, on monotonic milliseconds.
 */
final class Silence {
  /** What to do about it. */
  enum Verdict {
    /** Somebody was heard of late, or there is nobody to hear. */
    HEARD,
    /** The cluster may have lost the address: register it again. */
    REGISTER,
    /** That did not help: clients are better served elsewhere. */
    UNREADY
  }

  private final long patienceMillis;
  private Set<String> peers = Set.of();
  private long since;
  private boolean registered;

  /** Puts up with silence for so many milliseconds, and as long again after registering. */
  Silence(long patienceMillis) {
    this.patienceMillis = patienceMillis;
  }

  /** A digest came. */
  void heard(String edge, long now) {
    if (peers.contains(edge)) {
      since = now;
      registered = false;
    }
  }

  /**
   * Time has passed.
   *
   * @param edges the other nodes with edges that are in view
   */
  Verdict look(Set<String> edges, long now) {
    if (peers.isEmpty() || edges.isEmpty()) {
      since = now;
      registered = false;
    }
    peers = edges;
    if (edges.isEmpty() || now - since < patienceMillis) {
      return Verdict.HEARD;
    }
    if (!registered) {
      registered = true;
      return Verdict.REGISTER;
    }
    return now - since < 2 * patienceMillis ? Verdict.HEARD : Verdict.UNREADY;
  }
}
