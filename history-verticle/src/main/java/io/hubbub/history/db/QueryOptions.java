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
 * @param openBatches how many batches of sessions are being opened at a time
 * @param openAtOnce how many sessions one batch opens at most
 * @param openWaiting how many sessions wait to be opened at most; more are refused
 */
public record QueryOptions(
    int pageRows,
    int pageBytes,
    int reactors,
    int changes,
    int refreshDays,
    int replaySeconds,
    int beatSeconds,
    int openBatches,
    int openAtOnce,
    int openWaiting) {
  /**
   * 1,000 rows, 512 KiB, 100 users, 5,000 changes, 30 days, 60 s, 60 s; 2 batches of 100 sessions,
   * 10,000 sessions waiting.
   */
  public static final QueryOptions DEFAULT =
      new QueryOptions(1_000, 512 << 10, 100, 5_000, 30, 60, 60, 2, 100, 10_000);

  /** A limit asked for, brought within 1 and {@link #pageRows}. */
  int rows(int asked) {
    return Math.max(1, Math.min(asked, pageRows));
  }
}
