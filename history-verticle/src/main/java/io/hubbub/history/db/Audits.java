package io.hubbub.history.db;

import io.hubbub.api.query.Audit;
import io.hubbub.api.query.ReadAudit;
import io.hubbub.api.query.WriteAudit;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** What administrators did. Safe from any thread. */
final class Audits {
  private static final String WRITE =
      "INSERT INTO audit (at, usr, address, action, target) VALUES (now_ms(), $1, $2, $3, $4)";

  private static final String READ =
      """
      SELECT number, at, usr::text, address, action, target FROM audit
      WHERE number < $1 ORDER BY number DESC LIMIT $2
      """;

  private final Database database;
  private final QueryOptions options;

  Audits(Database database, QueryOptions options) {
    this.database = database;
    this.options = options;
  }

  /** Keeps what is about to be done. */
  Future<Void> write(WriteAudit query) {
    return database
        .query(WRITE, Tuple.of(query.by(), query.address(), query.action(), query.target()))
        .mapEmpty();
  }

  /** A page, the newest first. */
  Future<Audit> read(ReadAudit query) {
    int limit = options.rows(query.limit());
    long before = query.before() == 0 ? Long.MAX_VALUE : query.before();
    return database
        .query(READ, Tuple.of(before, limit + 1L))
        .map(
            rows -> {
              List<Audit.Action> all = new ArrayList<>(rows.size());
              rows.forEach(
                  row ->
                      all.add(
                          new Audit.Action(
                              row.getLong(0),
                              row.getLong(1),
                              new WriteAudit(
                                  row.getString(2),
                                  row.getString(3),
                                  row.getString(4),
                                  row.getString(5)))));
              return new Audit(
                  List.copyOf(all.subList(0, Math.min(limit, all.size()))), all.size() > limit);
            });
  }
}
