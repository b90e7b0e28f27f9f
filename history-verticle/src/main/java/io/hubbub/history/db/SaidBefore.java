package io.hubbub.history.db;

/**
 * Keeps a log readable while something goes on failing: the same words are worth a warning once in
 * half a minute. Safe from any thread; on monotonic milliseconds.
 */
final class SaidBefore {
  private static final long AGAIN_MILLIS = 30_000;

  private String words = "";
  private long said;

  /** Whether to say this now, and not only in the details. */
  synchronized boolean isNews(String now, long nowMillis) {
    if (now.equals(words) && nowMillis - said < AGAIN_MILLIS) {
      return false;
    }
    words = now;
    said = nowMillis;
    return true;
  }
}
