package io.hubbub.chat;

import io.hubbub.api.log.ErrorCode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the order of one session's commands across temporary errors: after a command was refused,
 * later ones to its conversation get the same error until the refused key comes again or is given
 * up. Confined to one event loop.
 */
final class SendOrder {
  /** How many conversations are remembered; the oldest is forgotten beyond. */
  static final int MOST = 256;

  /**
   * How many refused keys are remembered besides the first one of each conversation. Where more
   * were refused, nobody knows which is to come when those are done: the last one remembered must
   * come again, or be given up, even if another copy of it was done.
   */
  static final int KEYS = 1_024;

  /** What was refused, in order; the first must come again before anything else. */
  private static final class Refused {
    private final ErrorCode code;
    private final Set<String> keys = new LinkedHashSet<>(4);

    /** Whether keys were refused after these that are not remembered. */
    private boolean more;

    private Refused(ErrorCode code) {
      this.code = code;
    }

    private boolean begins(String key) {
      return keys.iterator().next().equals(key);
    }
  }

  private final Map<UUID, Refused> refused = new LinkedHashMap<>(4);
  private int keys;

  /** The error a command must get, or null where it may go. */
  @Nullable ErrorCode check(UUID conversation, String key) {
    Refused earlier = refused.get(conversation);
    if (earlier == null) {
      return null;
    }
    if (earlier.begins(key)) {
      forget(conversation);
      return null;
    }
    remember(earlier, key);
    return earlier.code;
  }

  /** A command was refused with a temporary error. */
  void refuse(UUID conversation, String key, ErrorCode code) {
    remember(refused.computeIfAbsent(conversation, any -> new Refused(code)), key);
    if (refused.size() > MOST) {
      forget(refused.keySet().iterator().next());
    }
  }

  /** After one that was not remembered, none is: what is remembered is in order. */
  private void remember(Refused earlier, String key) {
    if (earlier.keys.contains(key)) {
      return;
    }
    if (earlier.keys.isEmpty() || (keys < KEYS && !earlier.more)) {
      earlier.keys.add(key);
      keys++;
    } else {
      earlier.more = true;
    }
  }

  private void forget(UUID conversation) {
    Refused gone = refused.remove(conversation);
    keys -= gone == null ? 0 : gone.keys.size();
  }

  /**
   * A command has been done. Where another copy of it was refused, as clients that send again all
   * that has no answer make happen, its key need not come again: the one refused next must.
   */
  void done(UUID conversation, String key) {
    Refused earlier = refused.get(conversation);
    boolean last = earlier != null && earlier.more && earlier.keys.size() == 1;
    if (earlier != null && !last && earlier.keys.remove(key)) {
      keys--;
      if (earlier.keys.isEmpty()) {
        refused.remove(conversation);
      }
    }
  }

  /** The client will not send this key again, and sends what comes after it in order. */
  void giveUp(UUID conversation, String key) {
    Refused earlier = refused.get(conversation);
    if (earlier != null && earlier.begins(key)) {
      forget(conversation);
    }
  }
}
