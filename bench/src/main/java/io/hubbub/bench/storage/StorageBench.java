package io.hubbub.bench.storage;

import io.hubbub.bench.machine.Database;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What the log costs as it grows: the product's own calls over conversations picked at random, on
 * logs of several sizes, each call in turn with the same one on a small log. Warm: what is measured
 * was touched before, as the conversations of the day are, however many years lie beside them.
 */
public final class StorageBench {
  /** Messages of the small log: its indexes have more than a root. */
  public static final long SMALL = 200_000;

  /** Sizes that take about a minute together on an idle machine. */
  public static final List<Long> QUICK = List.of(0L, 1_000_000L);

  /** Sizes that take about half an hour and, with WAL, 30 GB. */
  public static final List<Long> FULL = List.of(0L, 1_000_000L, 10_000_000L, 50_000_000L);

  private static final String RELATIONS =
      """
      SELECT relname,
        pg_relation_size(oid) / (SELECT reltuples FROM pg_class WHERE oid = 'event'::regclass)
      FROM pg_class
      WHERE relname IN ('event', 'conversation', 'member') OR oid IN (
        SELECT indexrelid FROM pg_index
        WHERE indrelid IN ('event'::regclass, 'conversation'::regclass, 'member'::regclass))
      ORDER BY pg_relation_size(oid) DESC
      """;

  private StorageBench() {}

  /**
   * Measures each size.
   *
   * @param database an empty one; is left full, with a second database for the small log
   * @param rows how many messages the log holds, ascending; rounded up to 100,000
   */
  public static void run(Database database, List<Long> rows, StorageReport report)
      throws SQLException {
    Store store = Store.of(database);
    store.migrate();
    Store small = store.beside("small");
    small.migrate();
    new Loader(small).grow(SMALL);
    Loader loader = new Loader(store);
    for (long size : rows) {
      loader.grow(size);
      if (size > 0) {
        sizes(store, size, report);
      }
      measure(store, small, size, report);
    }
  }

  /** Measures a log that is loaded, beside a small one. */
  static void measure(Store store, Store small, long size, StorageReport report)
      throws SQLException {
    Vertx vertx = Vertx.vertx();
    String round = Long.toString(System.currentTimeMillis());
    try (Site site = new Site(vertx, store, round, size > 0);
        Site reference = new Site(vertx, small, round, true)) {
      Sampler sampler = new Sampler(site, reference, size, report);
      sampler.sample("append 500 to 500 conversations", 10, 50, Site::wide);
      sampler.sample("append 500 to 1 conversation", 10, 50, Site::deep);
      sampler.sample("append 1", 300, 400, Site::lone);
      sampler.sample("resume, page of 200", 200, 300, Site::resume);
      sampler.sample("history, page of 200", 200, 300, Site::before);
      sampler.sample("list of 5 conversations", 100, 300, Site::listFive);
      sampler.sample("list of 100 conversations", 50, 200, Site::listHundred);
    } finally {
      Sampler.await(vertx.close());
    }
  }

  /** Tells what the relations of a log take that was just vacuumed. */
  static void sizes(Store store, long size, StorageReport report) throws SQLException {
    try (Connection connection = store.connect();
        Statement sql = connection.createStatement();
        ResultSet row = sql.executeQuery(RELATIONS)) {
      while (row.next()) {
        report.size(new StorageSize(size, row.getString(1), row.getDouble(2)));
      }
    }
  }
}
