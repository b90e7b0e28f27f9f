package io.hubbub.bench.storage;

import io.hubbub.history.db.Answers;
import io.hubbub.history.db.Database;
import io.hubbub.history.db.LaneSession;
import io.hubbub.history.db.QueryOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;

/** The product's connections to one log, and whom calls are made for. Not safe for two threads. */
final class Site implements AutoCloseable {
  private static final int ROWS = 500;
  private static final int READ_FROM = 40;
  private static final int LISTERS = 5;

  /** Messages of the smallest conversations that are loaded. */
  private static final int SMALLEST = 200;

  private final Database database;
  private final LaneSession lane;
  private final StorageCalls calls;
  private final List<Picked> read;
  private final List<String> five;
  private final List<String> hundred;
  private final BackendCpu cpu;

  /**
   * Picks and connects.
   *
   * @param round makes other picks than other rounds on the same log
   * @param loaded whether to take conversations that were loaded with messages
   */
  Site(Vertx vertx, Store store, String round, boolean loaded) throws SQLException {
    int least = loaded ? SMALLEST : 0;
    List<Picked> written = Picked.some(store, "write " + round, least, ROWS);
    read = Picked.some(store, "read " + round, least, READ_FROM);
    five = Picked.users(store, "five-" + round + "-", LISTERS, 5);
    hundred = Picked.users(store, "hundred-" + round + "-", LISTERS, 100);
    database = new Database(vertx, store.options());
    lane = Sampler.await(database.lane());
    calls = new StorageCalls(lane, new Answers(database, QueryOptions.DEFAULT), written);
    Sampler.await(calls.list(five).get());
    cpu = BackendCpu.of(store);
  }

  BackendCpu cpu() {
    return cpu;
  }

  Supplier<Future<?>> wide() {
    return calls.wide();
  }

  Supplier<Future<?>> deep() {
    return calls.deep(ROWS);
  }

  Supplier<Future<?>> lone() {
    return calls.deep(1);
  }

  Supplier<Future<?>> resume() {
    return calls.resume(read);
  }

  Supplier<Future<?>> before() {
    return calls.before(read);
  }

  Supplier<Future<?>> listFive() {
    return calls.list(five);
  }

  Supplier<Future<?>> listHundred() {
    return calls.list(hundred);
  }

  @Override
  public void close() {
    Sampler.await(lane.close());
    Sampler.await(database.close());
  }
}
