package io.hubbub.chat;

/**
 * Every code that the server closes a socket with, in one list; {@code docs/errors.md} says for
 * each whether to come back, how soon, and whether {@code since} stays good.
 */
enum CloseCode {
  /** The bytes are not UTF-8 (RFC 6455, 7.4.1). */
  INVALID_UTF8(1007, "invalid_utf8"),
  /** A frame or message over the limit. */
  TOO_BIG(1009, "too_big"),
  /** This node drains. */
  DRAINING(1012, "draining"),
  /** This node sheds load. */
  OVERLOADED(1013, "overloaded"),
  /** A binary frame, or a line that is not one JSON object. */
  BAD_FRAME(4400, "bad_frame"),
  /** The token's time is over: renew it and come back. */
  TOKEN_EXPIRED(4401, "token_expired"),
  /** The token was revoked: do not come back with it. */
  TOKEN_REVOKED(4401, "token_revoked"),
  /** No valid token: do not come back with it. */
  UNAUTHENTICATED(4401, "unauthenticated"),
  /** A page of an origin that is not allowed. */
  FORBIDDEN_ORIGIN(4403, "forbidden_origin"),
  /** No hello in time, or nothing heard for too long. */
  TIMEOUT(4408, "timeout"),
  /** More sessions than the user or the address may have. */
  TOO_MANY_SESSIONS(4409, "too_many_sessions"),
  /** A newer session of the same device: do not come back. */
  REPLACED(4410, "replaced"),
  /** An administrator has ended the session: come back only when somebody asks for it. */
  ENDED(4411, "ended"),
  /** Far over the limits for long. */
  ABUSE(4429, "abuse");

  private final int code;
  private final String reason;

  CloseCode(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  short code() {
    return (short) code;
  }

  String reason() {
    return reason;
  }
}
