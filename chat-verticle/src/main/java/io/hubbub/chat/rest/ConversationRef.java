package io.hubbub.chat.rest;

import io.hubbub.api.log.Conversations;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.chat.protocol.Texts;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as a client names it: by its id, or {@code @user} for the direct one.
 *
 * @param id the conversation
 * @param peer the other user where it was named by that, else null
 */
record ConversationRef(UUID id, @Nullable String peer) {
  private static final int UUID_LENGTH = 36;

  /**
   * Reads a name.
   *
   * @param user who names it
   * @throws HubbubException {@code not_found}
   */
  static ConversationRef of(String text, String user) {
    if (text.startsWith("@") && Texts.userId(text.substring(1))) {
      String peer = text.substring(1);
      return new ConversationRef(Conversations.direct(user, peer), peer);
    }
    if (text.length() == UUID_LENGTH) {
      try {
        return new ConversationRef(UUID.fromString(text), null);
      } catch (IllegalArgumentException e) {
        // Answered below.
      }
    }
    throw new HubbubException(ErrorCode.NOT_FOUND, "no such conversation");
  }
}
