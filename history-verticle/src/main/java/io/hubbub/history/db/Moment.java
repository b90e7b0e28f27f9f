package io.hubbub.history.db;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

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

  private static final String NOW = "SELECT " + COLUMNS + " FROM meta";

  /** Now. */
  static Future<Moment> read(Database database) {
    return database
        .query(NOW, Tuple.tuple())
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Moment(row.getString("epoch"), row.getLong("watermark"));
            });
  }

  /** The first digits of the epoch, as cursors name it. */
  String shortEpoch() {
    return epoch.substring(0, SHORT);
  }
}
