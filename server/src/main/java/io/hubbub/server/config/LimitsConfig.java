package io.hubbub.server.config;

/**
 * What one client or all together may do on a node; 0 means no limit.
 *
 * @param commandsPerSecond of a session
 * @param sessionsPerUser of a user
 * @param sessionsPerAddress from one network address
 * @param handshakesPerSecond of the node
 */
public record LimitsConfig(
    int commandsPerSecond, int sessionsPerUser, int sessionsPerAddress, int handshakesPerSecond) {}
