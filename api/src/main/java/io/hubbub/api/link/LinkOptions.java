package io.hubbub.api.link;

/**
 * Bounds of a link.
 *
 * @param batchItems how many items a batch holds at most
 * @param batchBytes about how many bytes a batch holds at most
 * @param replyMillis how long to wait for the reply to a batch before asking what became of it
 * @param againMillis how long to wait before asking again a peer that is still at it or not there
 */
public record LinkOptions(int batchItems, int batchBytes, long replyMillis, long againMillis) {
  /** 2,000 items, 1 MiB, 2 s, 200 ms. */
  public static final LinkOptions DEFAULT = new LinkOptions(2_000, 1 << 20, 2_000, 200);
}
