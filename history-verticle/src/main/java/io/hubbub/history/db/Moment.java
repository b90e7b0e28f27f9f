package io.hubbub.history.db;

/**
 * Where the log stands at a moment.
 *
 * @param epoch the log's name, in full
 * @param watermark the transaction from which on others may still be under way
 */
record Moment(String epoch, long watermark) {
  private static final int SHORT = 8;

  /** The columns that it is read from, of the table {@code meta}. */
  static final String COLUMNS =
      "epoch::text AS epoch, pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS watermark";

  /** The first digits of the epoch, as cursors name it. */
  String shortEpoch() {
    return epoch.substring(0, SHORT);
  }
}
