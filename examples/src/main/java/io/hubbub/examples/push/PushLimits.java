package io.hubbub.examples.push;

/**
 * Bounds and times of the {@link PushService}.
 *
 * @param afterMillis for how long a message is unread, and its user away, before it is pushed, in
 *     milliseconds
 * @param everyMillis the pause between two looks at those who are away, in milliseconds
 * @param users how many users may have a webhook
 * @param conversations how many conversations with something unread are remembered for each user;
 *     of more nothing is pushed
 * @param asking of how many users the conversations are asked for at a time
 * @param inFlight how many pushes are on their way at a time; others wait for a later look
 * @param timeoutMillis how long a webhook may take to be connected to, and then to answer, in
 *     milliseconds
 * @param attempts how often one push is tried
 * @param retryFirstMillis how long it waits at most before the second attempt, in milliseconds;
 *     twice as long before each later one
 * @param retryMostMillis how long it waits at most before any attempt, in milliseconds
 * @param silenceMillis after how long without an answer of any node the service gives up, in
 *     milliseconds
 */
record PushLimits(
    long afterMillis,
    long everyMillis,
    int users,
    int conversations,
    int asking,
    int inFlight,
    long timeoutMillis,
    int attempts,
    long retryFirstMillis,
    long retryMostMillis,
    long silenceMillis) {
  /**
   * 1 minute, 1 s, 10,000 users, 50 conversations, 8 users, 16 pushes, 5 s, 10 attempts, 2 s, 5
   * minutes, 5 minutes.
   */
  static final PushLimits DEFAULT =
      new PushLimits(60_000, 1_000, 10_000, 50, 8, 16, 5_000, 10, 2_000, 300_000, 300_000);

  /** The same with what the command line sets. */
  PushLimits with(long after, long every, int most) {
    return new PushLimits(
        after,
        every,
        users,
        most,
        asking,
        inFlight,
        timeoutMillis,
        attempts,
        retryFirstMillis,
        retryMostMillis,
        silenceMillis);
  }
}
