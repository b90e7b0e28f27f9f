package io.hubbub.history.db;

import io.hubbub.api.query.Beat;
import io.hubbub.api.query.BeatRow;
import io.hubbub.api.query.Beats;
import io.hubbub.api.query.Change;
import io.hubbub.api.query.Changes;
import io.hubbub.api.query.ReadChanges;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * What nodes need to know of each other and of the log: beats, changes, the epoch. Safe from any
 * thread.
 */
public final class Nodes {
  private static final String BEAT =
      """
      WITH mine AS (
        INSERT INTO node (id, beat, draining) VALUES ($1, clock_timestamp(), $2)
        ON CONFLICT (id) DO UPDATE SET beat = excluded.beat, draining = excluded.draining)
      SELECT $1::text, 0::bigint, $2::boolean
      UNION ALL
      SELECT id::text, greatest(0, extract(epoch FROM clock_timestamp() - beat) * 1000)::bigint,
        draining
      FROM node WHERE id <> $1
        AND beat > clock_timestamp() - make_interval(secs => $3)
        AND beat < clock_timestamp() + make_interval(secs => $3)
      """;
  private static final String WATERMARK =
      "SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint"
          + " FROM pg_current_snapshot() s";
  private static final String CHANGES =
      """
      SELECT tx::text::bigint, usr::text, kind, conversation, seq, data FROM change
      WHERE tx >= $1::bigint::text::xid8 ORDER BY tx FETCH FIRST $2 ROWS WITH TIES
      """;
  private static final String LOOK = "SELECT epoch::text, now_ms() FROM meta";
  private static final String REPLACE =
      "UPDATE meta SET epoch = gen_random_uuid(), replaced = now_ms()"
          + " WHERE replaced <= $1 OR replaced > now_ms()";
  private static final String PRUNE =
      "WITH c AS (DELETE FROM change WHERE at < now() - make_interval(days => $1)),"
          + " r AS (DELETE FROM refresh WHERE expires < now()),"
          + " s AS (DELETE FROM stream_key WHERE expires < now_ms()),"
          + " a AS (DELETE FROM audit WHERE at < now_ms() - 365 * 86400000::bigint),"
          + " l AS (DELETE FROM login WHERE ended < now() - make_interval(days => $1))"
          + " DELETE FROM node WHERE beat < now() - make_interval(days => $1)";

  private final Database database;
  private final QueryOptions options;

  /** On a database. */
  public Nodes(Database database, QueryOptions options) {
    this.database = database;
    this.options = options;
  }

  /**
   * Beats for a node, on the database's clock; tells the nodes that beat of late. Beats from the
   * future are of nodes that died before the clock stepped back.
   */
  public Future<Beats> beat(Beat query) {
    return database
        .query(BEAT, Tuple.of(query.node(), query.draining(), (double) options.beatSeconds()))
        .map(
            rows -> {
              List<BeatRow> beats = new ArrayList<>();
              rows.forEach(
                  row ->
                      beats.add(new BeatRow(row.getString(0), row.getLong(1), row.getBoolean(2))));
              return new Beats(beats);
            });
  }

  /**
   * What changed for users since a watermark, 0 to learn the watermark only. Nothing that commits
   * late is missed, as the watermark stays below every transaction still running; so rows repeat. A
   * transaction that runs for long holds it back: what is too much for one answer is then read on
   * from the last row, beyond the watermark.
   */
  public Future<Changes> changes(ReadChanges query) {
    return database
        .query(WATERMARK, Tuple.tuple())
        .compose(
            rows -> {
              Row snapshot = rows.iterator().next();
              long now = snapshot.getLong(0);
              return query.watermark() <= 0 || query.watermark() > snapshot.getLong(1)
                  ? Future.succeededFuture(new Changes(now, 0, List.of()))
                  : since(query.watermark(), now);
            });
  }

  private Future<Changes> since(long watermark, long now) {
    return database
        .query(CHANGES, Tuple.of(watermark, (long) options.changes()))
        .map(
            rows -> {
              List<Change> changes = new ArrayList<>(rows.size());
              long last = watermark;
              for (Row row : rows) {
                last = row.getLong(0);
                changes.add(
                    new Change(
                        row.getString(1),
                        row.getShort(2),
                        row.getUUID(3),
                        Pages.number(row.getLong(4)),
                        row.getString(5)));
              }
              boolean cut = changes.size() >= options.changes();
              return new Changes(now, cut ? last + 1 : 0, changes);
            });
  }

  /**
   * The log's epoch and the database's time.
   *
   * @param epoch changes when the log goes back
   * @param now epoch milliseconds
   */
  public record Look(String epoch, long now) {}

  /** Looks at the log's epoch and the database's time. */
  public Future<Look> look() {
    return database
        .query(LOOK, Tuple.tuple())
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Look(row.getString(0), row.getLong(1));
            });
  }

  /**
   * Replaces the epoch, as the log lacks an entry that was committed at a time, epoch milliseconds
   * of the database. Several may find out at once, or late: one that was replaced after that time
   * stays, unless that time is yet to come, as the clock ran ahead then. A restored log comes with
   * the time of its own epoch, and is given another.
   *
   * @return the epoch now
   */
  public Future<String> replaceEpoch(long lostAt) {
    return database.query(REPLACE, Tuple.of(lostAt)).compose(done -> look()).map(Look::epoch);
  }

  /** Deletes changes, ended logins and nodes older than some days, and expired refresh tokens. */
  public Future<Void> prune(int days) {
    return database.query(PRUNE, Tuple.of(days)).mapEmpty();
  }
}
