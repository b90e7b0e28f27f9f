package io.hubbub.chat;

/**
 * Bounds and times of presence at an edge.
 *
 * @param users how many users one {@code watch} may name
 * @param friends how many users a session watches without asking
 * @param members rooms of at most so many members show their members to each other
 * @param idleMillis after how many milliseconds without a command a session is idle
 * @param answerMillis how long the answer to {@code watch} may take, in milliseconds: a home that
 *     is new may not know for some seconds
 * @param unreadMillis after how many milliseconds at the earliest a listener's unread counts are
 *     read again
 */
public record WatchOptions(
    int users, int friends, int members, long idleMillis, long answerMillis, long unreadMillis) {
  /** 500 users, 5,000 friends, 100 members, 10 minutes, 12 s, 2 s. */
  public static final WatchOptions DEFAULT =
      new WatchOptions(500, 5_000, 100, 600_000, 12_000, 2_000);
}
