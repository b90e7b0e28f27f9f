package io.hubbub.api.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The newest entries of a log, consecutive and bounded, kept while somebody is catching up: so a
 * reader that is nearly there meets the live end without another page. Confined to one thread.
 */
public final class Tail<E extends Numbered> {
  private final int maxEntries;
  private final int maxBytes;
  private final Deque<E> entries = new ArrayDeque<>();
  private long bytes;

  /** Holds at most so many entries and about so many bytes. */
  public Tail(int maxEntries, int maxBytes) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  /** Adds consecutive entries that follow those held; a jump drops the older ones. */
  public void add(List<E> more) {
    for (E entry : more) {
      E last = entries.peekLast();
      if (last != null && last.seq() + 1 != entry.seq()) {
        clear();
      }
      entries.add(entry);
      bytes += entry.weight();
      while (entries.size() > maxEntries || (bytes > maxBytes && entries.size() > 1)) {
        bytes -= entries.remove().weight();
      }
    }
  }

  /**
   * The entries above a number, or an empty list where the tail does not reach down to it. All of
   * them, up to the newest.
   */
  public List<E> after(long seq) {
    E first = entries.peekFirst();
    E last = entries.peekLast();
    if (first == null || last == null || first.seq() > seq + 1 || last.seq() <= seq) {
      return List.of();
    }
    List<E> result = new ArrayList<>();
    for (E entry : entries) {
      if (entry.seq() > seq) {
        result.add(entry);
      }
    }
    return result;
  }

  /** Holds nothing any more. */
  public void clear() {
    entries.clear();
    bytes = 0;
  }
}
