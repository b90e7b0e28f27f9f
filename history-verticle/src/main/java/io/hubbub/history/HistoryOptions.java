package io.hubbub.history;

import io.hubbub.api.link.LinkOptions;
import io.hubbub.history.db.DatabaseOptions;
import io.hubbub.history.db.QueryOptions;

/**
 * Bounds and times of a history node.
 *
 * @param database where the database is
 * @param queries bounds of what one question reads
 * @param lanes how many batches may be in flight at once, each on a connection of its own
 * @param batchRows how many commands one call of {@code append} holds at most
 * @param batchBytes about how many bytes of text one call holds at most
 * @param deadlineMillis for how many milliseconds after its receipt a command may be done; after
 *     that it must have been sent again
 * @param deliveryBytes above how many bytes that wait for one edge only heads are kept for it
 * @param link bounds of the links to edges
 */
public record HistoryOptions(
    DatabaseOptions database,
    QueryOptions queries,
    int lanes,
    int batchRows,
    int batchBytes,
    long deadlineMillis,
    long deliveryBytes,
    LinkOptions link) {

  /** The defaults: one lane, 500 rows, 1 MiB, 10 s, 8 MiB. */
  public static HistoryOptions of(DatabaseOptions database) {
    return new HistoryOptions(
        database, QueryOptions.DEFAULT, 1, 500, 1 << 20, 10_000, 8L << 20, LinkOptions.DEFAULT);
  }
}
