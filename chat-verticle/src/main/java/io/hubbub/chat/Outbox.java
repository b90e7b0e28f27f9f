package io.hubbub.chat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a session has yet to be sent: lines in order, shared between sessions and never copied
 * before they are written. Confined to the session's event loop.
 */
final class Outbox {
  /** What is at least that large goes alone, as many sessions may share the frame around it. */
  private static final int ALONE_BYTES = 1_024;

  private final Deque<Buffer> lines = new ArrayDeque<>(4);
  private int bytes;

  /** Adds one or more lines, already joined by newlines. */
  void add(Buffer more) {
    lines.add(more);
    bytes += more.length() + 1;
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** How many bytes wait. */
  int bytes() {
    return bytes;
  }

  /**
   * Takes out a frame's worth, at least one element.
   *
   * @param mostBytes about how large a frame may become
   */
  Buffer take(int mostBytes) {
    Buffer first = lines.remove();
    bytes -= first.length() + 1;
    Buffer next = lines.peek();
    if (next == null || !fits(first.length(), next, mostBytes) || first.length() >= ALONE_BYTES) {
      return first;
    }
    Buffer joined = Buffer.buffer(Math.min(2 * ALONE_BYTES, first.length() + 1 + bytes));
    joined.appendBuffer(first);
    while (next != null && fits(joined.length(), next, mostBytes)) {
      joined.appendByte((byte) '\n').appendBuffer(next);
      bytes -= next.length() + 1;
      lines.remove();
      next = lines.peek();
    }
    return joined;
  }

  private static boolean fits(int length, Buffer next, int mostBytes) {
    return next.length() < ALONE_BYTES && length + 1 + next.length() <= mostBytes;
  }

  /** Drops everything. */
  void clear() {
    lines.clear();
    bytes = 0;
  }
}
