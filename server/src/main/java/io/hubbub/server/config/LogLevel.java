package io.hubbub.server.config;

/** The least important events of Hubbub's own that are written. */
public enum LogLevel {
  /** Only what has failed. */
  ERROR,
  /** What may need somebody to look. */
  WARN,
  /** What happens to the node. */
  INFO,
  /** What helps to find a fault; may be much. */
  DEBUG
}
