package io.hubbub.api.client;

import io.hubbub.api.log.Command;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.log.Kind;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes the commands of one user, refusing what no home could keep: on the way there a lone
 * surrogate would silently become another character. No I/O.
 */
final class Commands {
  private static final int KEY_BYTES = 64;
  private static final int BODY_BYTES = 64 << 10;

  private final String user;

  Commands(String user) {
    this.user = user;
  }

  Command message(UUID conversation, String key, String body, long thread) {
    return make(conversation, Kind.MESSAGE, key, 0, thread, text(body), false);
  }

  Command change(UUID conversation, Kind kind, String key, long target, @Nullable String body) {
    return make(conversation, kind, key, target, 0, body == null ? null : text(body), false);
  }

  /** Without asking for membership and role. */
  Command moderate(UUID conversation, String key, long target) {
    return make(conversation, Kind.DELETED, key, target, 0, null, true);
  }

  Command members(UUID conversation, Kind kind, String key, String body) {
    return make(conversation, kind, key, 0, 0, body, false);
  }

  private Command make(
      UUID conversation,
      Kind kind,
      String key,
      long target,
      long thread,
      @Nullable String body,
      boolean privileged) {
    return new Command(conversation, null, user, kind, key(key), target, thread, body, privileged);
  }

  static String key(String key) {
    if (key.isEmpty() || bytes(key) > KEY_BYTES || key.chars().anyMatch(Character::isISOControl)) {
      throw new HubbubException(
          ErrorCode.BAD_REQUEST, "a key has 1 to 64 bytes and no control characters");
    }
    return key;
  }

  private static String text(String text) {
    if (text.isEmpty()) {
      throw new HubbubException(ErrorCode.BAD_REQUEST, "a text must not be empty");
    }
    if (text.indexOf('\0') >= 0) {
      throw new HubbubException(ErrorCode.BAD_TEXT, "the text holds U+0000");
    }
    if (bytes(text) > BODY_BYTES) {
      throw new HubbubException(ErrorCode.TOO_LARGE, "a text may have 64 KiB at most");
    }
    return text;
  }

  private static int bytes(String text) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)).remaining();
    } catch (CharacterCodingException e) {
      throw new HubbubException(ErrorCode.BAD_TEXT, "the text holds a lone surrogate");
    }
  }
}
