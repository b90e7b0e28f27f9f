package io.hubbub.api.log;

import org.jspecify.annotations.Nullable;

/** A failure that has a code of the protocol. Carries no stack trace: it is an answer. */
public final class HubbubException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final long retryAfterMs;

  /** With a message for people. */
  public HubbubException(ErrorCode code, @Nullable String message) {
    this(code, message, 0);
  }

  /**
   * With a hint when to try again.
   *
   * @param retryAfterMs milliseconds, 0 for no hint
   */
  public HubbubException(ErrorCode code, @Nullable String message, long retryAfterMs) {
    super(message == null ? code.label() : message, null, false, false);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }

  /** The code. */
  public ErrorCode code() {
    return code;
  }

  /** Milliseconds after which to try again, 0 for no hint. */
  public long retryAfterMs() {
    return retryAfterMs;
  }

  /** The message, which is always there. */
  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? code.label() : message;
  }
}
