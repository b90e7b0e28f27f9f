package io.hubbub.api.node;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What keeps this node from being ready. Each part names its own problem and takes it back; the
 * node is ready while nobody names one. Safe from any thread.
 */
public final class Health {
  private final Map<String, String> problems = new ConcurrentSkipListMap<>();

  /**
   * Names a problem of a part, in words for the person on call; replaces the part's earlier one.
   */
  public void problem(String part, String what) {
    problems.put(part, what);
  }

  /** Takes the part's problem back. */
  public void ok(String part) {
    problems.remove(part);
  }

  /** Whether nobody names a problem. */
  public boolean ready() {
    return problems.isEmpty();
  }

  /** The problems by part, in order of part. */
  public Map<String, String> problems() {
    return new TreeMap<>(problems);
  }
}
