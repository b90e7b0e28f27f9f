package io.hubbub.chat;

/**
 * When a session is spoken to and given up, in milliseconds.
 *
 * @param helloMillis how long a new socket may take to say hello
 * @param heartbeatMillis after how long a silence the server pings; told in {@code hello}
 * @param deadMillis after how long a silence the session ends
 * @param expiringMillis how long before its end a token is told to be {@code expiring}
 */
public record SessionTimes(
    long helloMillis, long heartbeatMillis, long deadMillis, long expiringMillis) {
  /** 10 s, 25 s, 90 s, 60 s. */
  public static final SessionTimes DEFAULT = new SessionTimes(10_000, 25_000, 90_000, 60_000);
}
