package io.hubbub.chat;

import io.hubbub.api.log.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
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

  /** A key that must come again, and the first that was refused because it had not yet. */
  private record Refused(String key, ErrorCode code, @Nullable String next) {}

  private final Map<UUID, Refused> refused = new LinkedHashMap<>(4);

  /** The error a command must get, or null where it may go. */
  @Nullable ErrorCode check(UUID conversation, String key) {
    Refused earlier = refused.get(conversation);
    if (earlier == null) {
      return null;
    }
    if (earlier.key().equals(key)) {
      refused.remove(conversation);
      return null;
    }
    if (earlier.next() == null) {
      refused.put(conversation, new Refused(earlier.key(), earlier.code(), key));
    }
    return earlier.code();
  }

  /** A command was refused with a temporary error. */
  void refuse(UUID conversation, String key, ErrorCode code) {
    refused.putIfAbsent(conversation, new Refused(key, code, null));
    if (refused.size() > MOST) {
      refused.remove(refused.keySet().iterator().next());
    }
  }

  /**
   * A command has been done. Where another copy of it was refused, as clients that send again all
   * that has no answer make happen, its key will not come again: the one refused next must.
   */
  void done(UUID conversation, String key) {
    Refused earlier = refused.get(conversation);
    if (earlier == null || !earlier.key().equals(key)) {
      return;
    }
    String next = earlier.next();
    if (next == null) {
      refused.remove(conversation);
    } else {
      refused.put(conversation, new Refused(next, earlier.code(), null));
    }
  }

  /** The client will not send this key again. */
  void giveUp(UUID conversation, String key) {
    Refused earlier = refused.get(conversation);
    if (earlier != null && earlier.key().equals(key)) {
      refused.remove(conversation);
    }
  }
}
