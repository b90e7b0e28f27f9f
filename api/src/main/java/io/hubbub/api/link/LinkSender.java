package io.hubbub.api.link;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a link, without any I/O: at most one batch in flight, the rest accumulates in
 * order. What is there leaves at once; what comes meanwhile waits together. Confined to one thread.
 */
public final class LinkSender {
  /** Incarnations rise over the life of the process, so that a later one is known as later. */
  private static final AtomicLong INCARNATIONS = new AtomicLong(System.currentTimeMillis() << 10);

  private final int maxItems;
  private final int maxBytes;
  private Deque<Item> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private @Nullable List<Item> inFlight;
  private long incarnation = INCARNATIONS.incrementAndGet();
  private long number;

  /**
   * A new link.
   *
   * @param maxItems how many items a batch holds at most
   * @param maxBytes about how many bytes a batch holds at most; a larger single item goes alone
   */
  public LinkSender(int maxItems, int maxBytes) {
    this.maxItems = maxItems;
    this.maxBytes = maxBytes;
  }

  /** Adds an item behind all others. */
  public void offer(Item item) {
    waiting.add(item);
    waitingBytes += item.weight();
  }

  /** Takes the next batch into flight, or returns null while one is or where nothing waits. */
  public @Nullable List<Item> next() {
    if (inFlight != null || waiting.isEmpty()) {
      return null;
    }
    List<Item> batch = new ArrayList<>(Math.min(waiting.size(), maxItems));
    long bytes = 0;
    for (Item head = waiting.peek(); head != null; head = waiting.peek()) {
      int weight = head.weight();
      if (!batch.isEmpty() && (batch.size() >= maxItems || bytes + weight > maxBytes)) {
        break;
      }
      batch.add(waiting.remove());
      bytes += weight;
    }
    waitingBytes -= bytes;
    number++;
    inFlight = batch;
    return batch;
  }

  /** The batch in flight has been dealt with. */
  public void done() {
    inFlight = null;
  }

  /**
   * The receiver does not know the number: a new incarnation begins with the same batch, which is
   * returned to be sent again.
   */
  public List<Item> renew() {
    incarnation = INCARNATIONS.incrementAndGet();
    number = 1;
    return inFlight();
  }

  /** What is in flight; empty when nothing is. */
  public List<Item> inFlight() {
    List<Item> batch = inFlight;
    return batch == null ? List.of() : batch;
  }

  /** Replaces what waits, in order: a way to shrink it. */
  public void rewrite(UnaryOperator<List<Item>> shrink) {
    Deque<Item> shrunk = new ArrayDeque<>(shrink.apply(new ArrayList<>(waiting)));
    long bytes = 0;
    for (Item item : shrunk) {
      bytes += item.weight();
    }
    waiting = shrunk;
    waitingBytes = bytes;
  }

  /** The current incarnation. */
  public long incarnation() {
    return incarnation;
  }

  /** The number of the batch in flight, or of the last one. */
  public long number() {
    return number;
  }

  /** About how many bytes wait, without those in flight. */
  public long waitingBytes() {
    return waitingBytes;
  }

  /** Whether nothing waits and nothing is in flight. */
  public boolean idle() {
    return inFlight == null && waiting.isEmpty();
  }
}
