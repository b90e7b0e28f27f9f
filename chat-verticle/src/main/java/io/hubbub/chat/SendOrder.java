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

  private record Refused(String key, ErrorCode code) {}

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
    return earlier.code();
  }

  /** A command was refused with a temporary error. */
  void refuse(UUID conversation, String key, ErrorCode code) {
    refused.putIfAbsent(conversation, new Refused(key, code));
    if (refused.size() > MOST) {
      refused.remove(refused.keySet().iterator().next());
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
