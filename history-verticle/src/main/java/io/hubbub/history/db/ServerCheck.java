package io.hubbub.history.db;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import org.jspecify.annotations.Nullable;

/**
 * Asks each new connection whether this server keeps what it acknowledges, and whether it is still
 * the one that writes: after a fail-over some connections may reach the old one. Safe from any
 * thread.
 */
final class ServerCheck {
  private static final String SQL =
      """
      SELECT current_setting('fsync') = 'on',
        current_setting('synchronous_commit') IN ('on', 'remote_write', 'remote_apply'),
        pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on',
        current_setting('transaction_isolation') = 'read committed',
        CASE WHEN pg_is_in_recovery() THEN 0
          ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint END
      """;

  private final Runnable newer;
  private long timeline;

  /**
   * Has seen no server yet.
   *
   * @param newer is run when one of a newer timeline than all before answers: connections made
   *     before it lead to a server that lost its place
   */
  ServerCheck(Runnable newer) {
    this.newer = newer;
  }

  /**
   * Succeeds when the server is fit.
   *
   * @return its timeline. Fails with {@link IllegalStateException} when it is not fit
   */
  Future<Long> check(SqlConnection connection) {
    return connection
        .query(SQL)
        .execute()
        .compose(
            rows -> {
              Row row = rows.iterator().next();
              String problem = problem(row);
              if (problem != null) {
                return Future.failedFuture(new IllegalStateException(problem));
              }
              if (raised(row.getLong(4))) {
                newer.run();
              }
              return Future.succeededFuture(row.getLong(4));
            });
  }

  /** Whether no server of a newer timeline has been seen. */
  synchronized boolean current(long seen) {
    return seen >= timeline;
  }

  private synchronized @Nullable String problem(Row row) {
    if (!row.getBoolean(0)) {
      return "the database runs with fsync off and may lose what it acknowledges";
    }
    if (!row.getBoolean(1)) {
      return "the database runs with synchronous_commit off and may lose what it acknowledges";
    }
    if (row.getBoolean(2)) {
      return "the database only reads: a standby, or default_transaction_read_only is on";
    }
    if (!row.getBoolean(3)) {
      return "the database's isolation is not read committed";
    }
    if (row.getLong(4) < timeline) {
      return "this server is on an older timeline than one seen before: a former primary";
    }
    return null;
  }

  private synchronized boolean raised(long seen) {
    boolean raised = timeline != 0 && seen > timeline;
    timeline = Math.max(timeline, seen);
    return raised;
  }
}
