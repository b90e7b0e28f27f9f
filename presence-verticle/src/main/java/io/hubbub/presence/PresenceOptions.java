package io.hubbub.presence;

import io.hubbub.api.link.LinkOptions;

/**
 * Bounds and times of a presence node.
 *
 * @param graceMillis for how many milliseconds a user counts as present after the last session
 * @param rebuildMillis for how many milliseconds at most a home that is new waits for the reports
 *     of all edges before it says of anybody that he is offline
 * @param keepMillis how often what is to outlive sessions is written, in milliseconds
 * @param askMillis how long to wait for the answer of a history node, in milliseconds
 * @param deliveryBytes above how many bytes that wait for one edge only the newest of each user is
 *     kept for it
 * @param link bounds of the links to edges
 */
public record PresenceOptions(
    long graceMillis,
    long rebuildMillis,
    long keepMillis,
    long askMillis,
    long deliveryBytes,
    LinkOptions link) {
  /** 10 s, 8 s, 1 s, 5 s, 1 MiB. */
  public static final PresenceOptions DEFAULT =
      new PresenceOptions(10_000, 8_000, 1_000, 5_000, 1L << 20, LinkOptions.DEFAULT);
}
