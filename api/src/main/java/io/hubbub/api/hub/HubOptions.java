package io.hubbub.api.hub;

import io.hubbub.api.link.LinkOptions;

/**
 * Bounds and times of a {@link Hub}.
 *
 * @param waitingBytes above how many bytes that wait for one home new commands are refused as
 *     {@code overloaded}
 * @param waitingMillis above what age of the oldest command without an answer new ones for its home
 *     are refused as {@code overloaded}, in milliseconds
 * @param outcomeMillis after how many milliseconds a command without an answer is told {@code
 *     unknown_outcome}; it stays in order and may still be done
 * @param askMillis how long to wait for the answer to a query, in milliseconds
 * @param digestMillis how often interest is compared with each home, in milliseconds
 * @param graceMillis for how many milliseconds a user counts as present after the last session
 * @param link bounds of the command links
 */
public record HubOptions(
    long waitingBytes,
    long waitingMillis,
    long outcomeMillis,
    long askMillis,
    long digestMillis,
    long graceMillis,
    LinkOptions link) {
  /** 8 MiB, 2 s, 15 s, 5 s, 2 s, 10 s. */
  public static final HubOptions DEFAULT =
      new HubOptions(8L << 20, 2_000, 15_000, 5_000, 2_000, 10_000, LinkOptions.DEFAULT);
}
