package io.hubbub.chat;

import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a session is still to be told about its user's friends, requests and blocks: of each other
 * user only the newest, of too many only that the list is to be read again.
 */
final class FriendNews {
  private final Supplier<Buffer> all;
  private @Nullable Map<String, Buffer> waiting;
  private boolean lost;

  /**
   * Nothing yet.
   *
   * @param all tells that the list is to be read again; made when it is needed, which is rare
   */
  FriendNews(Supplier<Buffer> all) {
    this.all = all;
  }

  /** What another is to the user has changed. */
  void add(String other, Buffer line, int most) {
    if (lost) {
      return;
    }
    Map<String, Buffer> into = waiting;
    if (into == null) {
      into = new LinkedHashMap<>();
      waiting = into;
    }
    into.remove(other);
    if (into.size() >= most) {
      waiting = null;
      lost = true;
    } else {
      into.put(other, line);
    }
  }

  /** Offers what waits until it is not taken. */
  void fill(Predicate<Buffer> taken) {
    if (lost && taken.test(all.get())) {
      lost = false;
    }
    Map<String, Buffer> from = waiting;
    if (from == null) {
      return;
    }
    Iterator<Buffer> each = from.values().iterator();
    while (each.hasNext()) {
      if (!taken.test(each.next())) {
        return;
      }
      each.remove();
    }
    waiting = null;
  }

  /** Whether something waits. */
  boolean waits() {
    return lost || waiting != null;
  }
}
