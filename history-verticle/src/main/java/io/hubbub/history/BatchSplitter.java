package io.hubbub.history;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Finds the guilty row of a batch that the database refuses, by halving: one row with U+0000 must
 * not fail its neighbours. Gives the parts in order, so that order is kept. No I/O.
 */
final class BatchSplitter<T> {
  private final Deque<List<T>> parts = new ArrayDeque<>();

  BatchSplitter(List<T> batch) {
    parts.push(batch);
  }

  /** The next part to try, or an empty list when all is done. */
  List<T> next() {
    List<T> part = parts.peek();
    return part == null ? List.of() : part;
  }

  /** The part was done, or its only row was answered with an error. */
  void done() {
    parts.pop();
  }

  /**
   * The part was refused.
   *
   * @return whether it has been halved; false when it is a single row: the guilty one
   */
  boolean refused() {
    List<T> part = parts.element();
    if (part.size() <= 1) {
      return false;
    }
    parts.pop();
    int half = part.size() / 2;
    parts.push(part.subList(half, part.size()));
    parts.push(part.subList(0, half));
    return true;
  }
}
