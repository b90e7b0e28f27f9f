package io.hubbub.server.config;

import java.util.Objects;

/** A setting that stops the start; the message is the one line that the person who set it needs. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says in one line which setting is wrong and what would be right. */
  public ConfigException(String message) {
    super(message);
  }

  /** The line to show. */
  public String line() {
    return Objects.requireNonNull(getMessage());
  }
}
