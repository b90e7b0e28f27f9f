package io.hubbub.chat;

/**
 * When an edge gives up sessions because it has more than its share, as after nodes were added.
 *
 * @param abovePercent how far above the mean of all edges it must be, in percent of the mean; 0:
 *     sessions are never moved
 * @param everyMillis how often edges compare, in milliseconds
 * @param sharePercent how many of its sessions it gives up at most each time, in percent
 * @param settleMillis for how long no edge must have come or gone, so that a rolling restart is
 *     over before anybody is moved, in milliseconds
 * @param againMillis after what time sessions are moved once more, where that did not help, in
 *     milliseconds
 */
public record BalanceOptions(
    int abovePercent, long everyMillis, int sharePercent, long settleMillis, long againMillis) {
  /** 20 %, 10 s, 5 %, 60 s, 10 min. */
  public static final BalanceOptions DEFAULT = new BalanceOptions(20, 10_000, 5, 60_000, 600_000);
}
