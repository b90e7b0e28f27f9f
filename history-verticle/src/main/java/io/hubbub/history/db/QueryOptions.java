package io.hubbub.history.db;

/**
 * Bounds of answers, and lifetimes of logins.
 *
 * @param pageRows how many entries, members or conversations one answer holds at most
 * @param pageBytes about how many bytes of text one page of entries holds at most; a single larger
 *     entry still goes
 * @param reactors how many users are named for each emoji of a message at most
 * @param changes how many changes one answer holds at most
 * @param refreshDays for how many days a refresh token is good
 * @param replaySeconds for how many seconds after its use a refresh token is exchanged once more
 * @param beatSeconds after how many seconds without a beat a node is told no more
 */
public record QueryOptions(
    int pageRows,
    int pageBytes,
    int reactors,
    int changes,
    int refreshDays,
    int replaySeconds,
    int beatSeconds) {
  /** 1,000 rows, 512 KiB, 100 users, 5,000 changes, 30 days, 60 s, 60 s. */
  public static final QueryOptions DEFAULT =
      new QueryOptions(1_000, 512 << 10, 100, 5_000, 30, 60, 60);

  /** A limit asked for, brought within 1 and {@link #pageRows}. */
  int rows(int asked) {
    return Math.max(1, Math.min(asked, pageRows));
  }
}
