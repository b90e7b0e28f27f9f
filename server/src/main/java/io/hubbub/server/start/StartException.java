package io.hubbub.server.start;

import java.util.Objects;

/**
 * Why the node can't start; the message is one line that names what is wrong and how to mend it.
 */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong and how to mend it. */
  public StartException(String line) {
    super(line);
  }

  /** Says what is wrong and how to mend it, and keeps where it was noticed. */
  public StartException(String line, Throwable cause) {
    super(line, cause);
  }

  /** The line to show. */
  public String line() {
    return Objects.requireNonNull(getMessage());
  }
}
