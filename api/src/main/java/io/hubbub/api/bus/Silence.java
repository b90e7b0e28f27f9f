package io.hubbub.api.bus;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who of the other nodes is heard: each that has an edge asks every home for a digest every few
 * seconds. Pure, on monotonic milliseconds.
 */
public final class Silence {
  /** What to do about it. */
  public enum Verdict {
    /** Somebody was heard of late, or there is nobody to hear. */
    HEARD,
    /** The cluster may have lost the address: register it again. */
    REGISTER,
    /** That did not help: clients are better served elsewhere. */
    UNREADY
  }

  private final long patienceMillis;
  private final Map<String, Long> heard = new HashMap<>();
  private long looked;
  private boolean registered;

  /** Puts up with silence for so many milliseconds, and as long again after registering. */
  public Silence(long patienceMillis) {
    this.patienceMillis = patienceMillis;
  }

  /** A digest came. */
  public void heard(String edge, long now) {
    if (heard.replace(edge, now) != null) {
      registered = false;
    }
  }

  /** Whether somebody in view has not been heard for so many milliseconds. */
  public boolean missesSomebody(long millis, long now) {
    return heard.values().stream().anyMatch(last -> now - last > millis);
  }

  /**
   * Time has passed. Looked for too seldom, the home was paused itself, and begins anew.
   *
   * @param edges the other nodes with edges that are in view
   */
  public Verdict look(Set<String> edges, long now) {
    if (now - looked > patienceMillis / 2) {
      heard.clear();
    }
    looked = now;
    heard.keySet().retainAll(edges);
    edges.forEach(edge -> heard.putIfAbsent(edge, now));
    long last = heard.values().stream().mapToLong(Long::longValue).max().orElse(now);
    if (now - last < patienceMillis) {
      registered &= now > last;
      return Verdict.HEARD;
    }
    if (!registered) {
      registered = true;
      return Verdict.REGISTER;
    }
    return now - last < 2 * patienceMillis ? Verdict.HEARD : Verdict.UNREADY;
  }
}
