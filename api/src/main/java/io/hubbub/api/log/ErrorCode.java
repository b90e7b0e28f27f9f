package io.hubbub.api.log;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Every error code of the client protocol, in one list. The numbers travel between nodes and never
 * change; the labels are the protocol. {@code docs/protocol.md} says what a client does about each.
 */
public enum ErrorCode {
  /** A field is missing, of the wrong type or out of its bounds. */
  BAD_REQUEST(1, false, 400),
  /** Text with U+0000 or a lone surrogate, which PostgreSQL cannot keep. */
  BAD_TEXT(2, false, 400),
  /** No op of this name. */
  UNKNOWN_OP(3, false, 400),
  /** A body, key or list over its limit. */
  TOO_LARGE(4, false, 413),
  /** Not in this conversation, or there is none such: which of both is nobody's business. */
  NOT_A_MEMBER(5, false, 403),
  /** What the command names is not there. */
  NOT_FOUND(6, false, 404),
  /** A member, but without this right. */
  FORBIDDEN(7, false, 403),
  /** The target is deleted. */
  GONE(8, false, 410),
  /** The key was used for another command. */
  KEY_REUSED(9, false, 409),
  /** The key was used up by {@code cancel}. */
  CANCELLED(10, false, 409),
  /** No valid token. */
  UNAUTHENTICATED(11, false, 401),
  /** The token is another user's. */
  WRONG_USER(12, false, 403),
  /** More commands a second than allowed. */
  RATE_LIMITED(13, true, 429),
  /** More waits than this node will hold; it was not done. */
  OVERLOADED(14, true, 503),
  /** A part that is needed is away; it was not done. */
  UNAVAILABLE(15, true, 503),
  /** It may or may not have been done: send it again with the same key. */
  UNKNOWN_OUTCOME(16, true, 504),
  /** A defect of the server, in its log under the same time. */
  INTERNAL(17, false, 500),
  /** The token has been revoked. */
  TOKEN_REVOKED(18, false, 401),
  /** The token's time is over. */
  TOKEN_EXPIRED(19, false, 401),
  /** The name is taken. */
  CONFLICT(20, false, 409);

  private final int number;
  private final boolean temporary;
  private final int status;

  ErrorCode(int number, boolean temporary, int status) {
    this.number = number;
    this.temporary = temporary;
    this.status = status;
  }

  /** The number between nodes. */
  public int number() {
    return number;
  }

  /** The protocol's name, such as {@code not_a_member}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the same command may succeed later. */
  public boolean temporary() {
    return temporary;
  }

  /** The HTTP status that REST answers with. */
  public int status() {
    return status;
  }

  /** The code of a number, or null for one of a newer version. */
  public static @Nullable ErrorCode of(int number) {
    for (ErrorCode code : values()) {
      if (code.number == number) {
        return code;
      }
    }
    return null;
  }
}
