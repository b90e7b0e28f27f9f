package io.hubbub.cluster;

import java.util.Objects;

/**
 * Why a process can't join the cluster; the message is one line that names what is wrong and how to
 * mend it.
 */
public final class ClusterException extends Exception {
  private static final long serialVersionUID = 1L;

  ClusterException(String line, Throwable cause) {
    super(line, cause);
  }

  /** The line to show. */
  public String line() {
    return Objects.requireNonNull(getMessage());
  }
}
