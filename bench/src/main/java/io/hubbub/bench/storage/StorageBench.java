package io.hubbub.bench.storage;

import io.hubbub.bench.machine.Database;
import io.hubbub.history.db.Answers;
import io.hubbub.history.db.DatabaseOptions;
import io.hubbub.history.db.LaneSession;
import io.hubbub.history.db.QueryOptions;
import io.hubbub.history.db.Schema;
import io.vertx.core.Vertx;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What the log costs as it grows: the product's own calls over conversations picked at random, on
 * logs of several sizes. Warm: what is measured was touched before, as the conversations of the day
 * are, however many years lie beside them.
 */
public final class StorageBench {
  /** Messages of the log that larger ones are compared with: its indexes have more than a root. */
  public static final long BASELINE = 200_000;

  /** Sizes that take less than a minute together. */
  public static final List<Long> QUICK = List.of(0L, BASELINE, 1_000_000L);

  /** Sizes that take about half an hour and 20 GB. */
  public static final List<Long> FULL = List.of(0L, BASELINE, 1_000_000L, 10_000_000L, 50_000_000L);

  private static final int ROWS = 500;

  /** Messages of the smallest conversations that are loaded. */
  private static final int SMALLEST = 200;

  private static final int READ_FROM = 40;
  private static final int LISTERS = 5;
  private static final String RELATIONS =
      """
      SELECT relname, pg_relation_size(oid) / (SELECT reltuples FROM pg_class WHERE oid = 'event'::regclass)
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
   * @param database an empty one; is left full
   * @param rows how many messages the log holds, ascending; rounded up to 100,000
   */
  public static void run(Database database, List<Long> rows, StorageReport report)
      throws SQLException {
    URI url = URI.create(database.url());
    String name = url.getPath().substring(1);
    String[] login = url.getUserInfo().split(":", 2);
    Schema.migrate(
        "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + "/" + name,
        login[0],
        login[1]);
    DatabaseOptions options =
        new DatabaseOptions(
            url.getHost(),
            url.getPort(),
            name,
            login[0],
            login[1],
            "disable",
            1,
            10,
            60_000,
            60_000,
            60_000);
    Vertx vertx = Vertx.vertx();
    try {
      Loader loader = new Loader(database);
      for (long size : rows) {
        loader.grow(size);
        sizes(database, size, report);
        measure(vertx, options, database, size, report);
      }
    } finally {
      Sampler.await(vertx.close());
    }
  }

  private static void measure(
      Vertx vertx, DatabaseOptions options, Database server, long size, StorageReport report)
      throws SQLException {
    int messages = size == 0 ? 0 : SMALLEST;
    List<Picked> picked = Picked.some(server, "append " + size, messages, ROWS);
    List<Picked> read =
        Picked.some(server, "read " + size, messages, READ_FROM).stream()
            .filter(conversation -> !picked.contains(conversation))
            .toList();
    List<String> five = Picked.users(server, "five" + size + "-", LISTERS, 5);
    List<String> hundred = Picked.users(server, "hundred" + size + "-", LISTERS, 100);
    var database = new io.hubbub.history.db.Database(vertx, options);
    LaneSession lane = Sampler.await(database.lane());
    Answers answers = new Answers(database, QueryOptions.DEFAULT);
    StorageCalls calls = new StorageCalls(lane, answers, picked);
    Sampler.await(calls.list(five).get());
    Sampler sampler = new Sampler(BackendCpu.of(server), size, report);
    sampler.sample("append 500 to 500 conversations", 10, 60, calls::wide);
    sampler.sample("append 500 to 1 conversation", 10, 60, () -> calls.deep(ROWS));
    sampler.sample("append 1", 500, 500, () -> calls.deep(1));
    sampler.sample("resume, page of 200", 300, 300, () -> calls.resume(read));
    sampler.sample("history, page of 200", 300, 300, () -> calls.before(read));
    sampler.sample("list of 5 conversations", 200, 300, () -> calls.list(five));
    sampler.sample("list of 100 conversations", 100, 200, () -> calls.list(hundred));
    Sampler.await(lane.close());
    Sampler.await(database.close());
  }

  private static void sizes(Database database, long size, StorageReport report)
      throws SQLException {
    try (Connection connection = database.connect();
        Statement sql = connection.createStatement();
        ResultSet row = sql.executeQuery(RELATIONS)) {
      while (row.next() && size > 0) {
        report.size(new StorageSize(size, row.getString(1), row.getLong(2) / (double) size));
      }
    }
  }
}
