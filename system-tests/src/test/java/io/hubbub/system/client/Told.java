package io.hubbub.system.client;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a client's appending commands were answered with, and how long that took. Thread-safe. */
public final class Told {
  private final Map<String, Integer> temporary = new TreeMap<>();
  private int duplicates;
  private long slowest;

  /** A reply has come, not just the end of the connection. */
  synchronized void reply(long sentNanos, boolean duplicate, @Nullable ChatException error) {
    slowest = Math.max(slowest, System.nanoTime() - sentNanos);
    if (error != null && error.temporary()) {
      temporary.merge(error.code(), 1, Integer::sum);
    }
    duplicates += duplicate ? 1 : 0;
  }

  /** The temporary errors by their codes, and how often each was told. */
  public synchronized Map<String, Integer> temporary() {
    return new TreeMap<>(temporary);
  }

  /** How many commands were told that they had been done before. */
  public synchronized int duplicates() {
    return duplicates;
  }

  /** The longest time from a command to its reply, whatever it said, in milliseconds. */
  public synchronized long slowestMillis() {
    return slowest / 1_000_000;
  }
}
