package io.hubbub.history;

import io.hubbub.api.log.Command;
import io.hubbub.api.log.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What waits in a lane, and where a batch must be cut. In one call of {@code append} no two rows
 * may change the same entry, nothing may follow a change of members in its conversation, and no
 * cancel may follow its key: a set-based statement applies only one of several changes to one row.
 * No I/O; confined to one thread.
 */
final class LaneQueue {
  private record Target(UUID conversation, long seq) {}

  private record Key(UUID conversation, String user, String key) {}

  private final int maxRows;
  private final int maxBytes;
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  /**
   * An empty queue.
   *
   * @param maxRows how many rows a batch holds at most
   * @param maxBytes about how many bytes a batch holds at most; a larger single row goes alone
   */
  LaneQueue(int maxRows, int maxBytes) {
    this.maxRows = maxRows;
    this.maxBytes = maxBytes;
  }

  void add(Waiting command) {
    waiting.add(command);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int size() {
    return waiting.size();
  }

  /** Takes out the longest run from the front that may go in one call. */
  List<Waiting> cut() {
    List<Waiting> batch = new ArrayList<>(Math.min(waiting.size(), maxRows));
    Set<Target> targets = new HashSet<>();
    Set<UUID> closed = new HashSet<>();
    Set<Key> keys = new HashSet<>();
    boolean cancels = false;
    int bytes = 0;
    for (Waiting next = waiting.peek(); next != null; next = waiting.peek()) {
      Command command = next.command();
      boolean full =
          batch.size() >= maxRows || (!batch.isEmpty() && bytes + command.weight() > maxBytes);
      if (full || closed.contains(command.conversation())) {
        break;
      }
      Key key = new Key(command.conversation(), command.user(), command.key());
      if (command.kind() == Kind.CANCELLED ? keys.contains(key) : cancels && keys.contains(key)) {
        break;
      }
      if (command.target() > 0
          && !targets.add(new Target(command.conversation(), command.target()))) {
        break;
      }
      if (command.kind().changesMembers()) {
        closed.add(command.conversation());
      }
      cancels |= command.kind() == Kind.CANCELLED;
      keys.add(key);
      bytes += command.weight();
      batch.add(waiting.remove());
    }
    return batch;
  }

  /** Takes out everything. */
  List<Waiting> drain() {
    List<Waiting> all = new ArrayList<>(waiting);
    waiting.clear();
    return all;
  }
}
