package io.hubbub.api.log;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Follows a conversation's log without holes, without doubles and in order, whatever comes in:
 * late, twice, out of order, or not at all. What is missing is pulled. No I/O; confined to one
 * thread.
 *
 * <p>{@code at} is the number up to which everything was handed on; {@code known} the highest
 * number heard of. While {@code known} is above {@code at} one pull is under way, or due at the
 * next {@link #tick}.
 */
public final class Follower<E extends Numbered> {
  /** How many entries beyond a hole are kept until it is filled; more are pulled again. */
  private static final int AHEAD = 256;

  /** What a follower does to the world. */
  public interface Port<E> {
    /** The next entries, consecutive, each exactly once. */
    void deliver(List<E> entries);

    /** Entries above this number are wanted; answer with {@link #pulled} or {@link #pullFailed}. */
    void pull(long after);
  }

  private final Port<E> port;
  private final TreeMap<Long, E> ahead = new TreeMap<>();
  private long at;
  private long known;
  private boolean pulling;
  private long asked;

  /** Begins after a number. */
  public Follower(long at, Port<E> port) {
    this.at = at;
    this.known = at;
    this.port = port;
  }

  /** The number up to which everything was handed on. */
  public long at() {
    return at;
  }

  /** The highest number heard of. */
  public long known() {
    return known;
  }

  /** Whether everything heard of was handed on. */
  public boolean level() {
    return known == at;
  }

  /** Entries have come, in ascending order. */
  public void entries(List<E> entries) {
    if (entries.isEmpty()) {
      return;
    }
    accept(entries);
    pullIfBehind();
  }

  /** Somebody says that the log reaches to this number. */
  public void known(long head) {
    known = Math.max(known, head);
    pullIfBehind();
  }

  /**
   * The pull has brought these entries, in ascending order; none when there are none. One that led
   * nowhere is tried again with the next {@link #tick}, so that a log that can't be read costs one
   * page a tick.
   */
  public void pulled(List<E> entries) {
    pulling = false;
    accept(entries);
    if (at > asked) {
      pullIfBehind();
    }
  }

  /** The pull has failed; the next {@link #tick} tries again. */
  public void pullFailed() {
    pulling = false;
  }

  /** Time has passed: tries again what failed. */
  public void tick() {
    pullIfBehind();
  }

  private void accept(List<E> entries) {
    List<E> run = new ArrayList<>(entries.size());
    long next = at + 1;
    for (E entry : entries) {
      long seq = entry.seq();
      known = Math.max(known, seq);
      if (seq == next) {
        run.add(entry);
        next++;
      } else if (seq > next) {
        ahead.put(seq, entry);
      }
    }
    for (E entry = ahead.remove(next); entry != null; entry = ahead.remove(next)) {
      run.add(entry);
      next++;
    }
    ahead.headMap(next).clear();
    while (ahead.size() > AHEAD) {
      ahead.pollLastEntry();
    }
    if (!run.isEmpty()) {
      at = next - 1;
      port.deliver(run);
    }
  }

  private void pullIfBehind() {
    if (known > at && !pulling) {
      pulling = true;
      asked = at;
      port.pull(at);
    }
  }
}
