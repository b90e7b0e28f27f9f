package io.hubbub.server.config;

/**
 * How to log.
 *
 * @param format how an event is written
 * @param level the least important events that are
 */
public record LogConfig(LogFormat format, LogLevel level) {}
