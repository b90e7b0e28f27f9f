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
   * How many refused keys are remembered besides the first one of each conversation. Only as many
   * matter as a session may have in flight: others have no second copy that could be done without
   * them.
   */
  static final int KEYS = 1_024;

  /** What was refused, in order; the first must come again before anything else. */
  private static final class Refused {
    private final ErrorCode code;
    private final Set<String> keys = new LinkedHashSet<>(4);

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
    if (keys < KEYS && earlier.keys.add(key)) {
      keys++;
    }
    return earlier.code;
  }

  /** A command was refused with a temporary error. */
  void refuse(UUID conversation, String key, ErrorCode code) {
    Refused earlier = refused.computeIfAbsent(conversation, any -> new Refused(code));
    if ((earlier.keys.isEmpty() || keys < KEYS) && earlier.keys.add(key)) {
      keys++;
    }
    if (refused.size() > MOST) {
      forget(refused.keySet().iterator().next());
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
    if (earlier != null && earlier.keys.remove(key)) {
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
