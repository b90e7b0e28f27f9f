package io.hubbub.system.client;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The entries of one conversation that a client has taken, and what it was sent besides. Not
 * thread-safe; guarded by its client.
 */
final class ConversationLog {
  private final List<JsonObject> entries = new ArrayList<>();
  private long start;
  private long tail;
  private long tailAt;
  private long repeats;
  private long jumps;
  private boolean resuming;

  ConversationLog(long start) {
    this.start = start;
    this.tail = start;
  }

  /** Takes an entry if it is the next one; whether something before it is missing. */
  boolean offer(JsonObject entry) {
    long seq = entry.getLong("seq");
    if (seq <= tail) {
      repeats++;
      return false;
    }
    if (seq > tail + 1) {
      if (!resuming) {
        jumps++;
      }
      return true;
    }
    entries.add(entry);
    tail = seq;
    tailAt = entry.getLong("at");
    return false;
  }

  /** Forgets everything: it is from a log that is no more. */
  void reset(long head) {
    entries.clear();
    start = head;
    tail = head;
    tailAt = 0;
  }

  boolean resuming() {
    return resuming;
  }

  void resuming(boolean now) {
    resuming = now;
  }

  long start() {
    return start;
  }

  long tail() {
    return tail;
  }

  long tailAt() {
    return tailAt;
  }

  /** Entries that came although they were held already. */
  long repeats() {
    return repeats;
  }

  /** Entries that came although something before them was missing. */
  long jumps() {
    return jumps;
  }

  List<JsonObject> entries() {
    return List.copyOf(entries);
  }
}
