package io.hubbub.server.config;

/** How log events are written. */
public enum LogFormat {
  /** One readable line each. */
  TEXT,
  /** One JSON object a line, for log collectors. */
  JSON
}
