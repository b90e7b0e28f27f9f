package io.hubbub.bench.workload;

import io.hubbub.bench.contestant.Contestant;
import io.hubbub.bench.contestant.HubbubNodes;
import io.hubbub.bench.load.Client;
import io.hubbub.bench.load.Load;
import io.hubbub.bench.load.World;
import io.hubbub.bench.machine.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.HdrHistogram.Histogram;

/**
 * One message at a time, by the clock, on a server that does nothing else; and beside it what a
 * single row costs the database.
 *
 * @param world who is there; the first of them speaks
 * @param perSecond how often
 */
public record LoneMessage(World world, int perSecond) implements Workload {
  private static final int CONNECT_SECONDS = 60;
  private static final int SETTLE_SECONDS = 10;
  private static final int ROWS = 500;
  private static final long MICROS = 1_000_000;
  private static final double NANOS_PER_MILLI = 1e6;

  @Override
  public Figures run(Contestant contestant, Times times) throws Exception {
    contestant.prepare(world);
    try (Load load = new Load()) {
      ClosedLoop.Talk talk = new ClosedLoop.Talk();
      load.connect(world, contestant.dialect(), contestant.ports(), talk, 10, CONNECT_SECONDS);
      Client speaker = load.clients().get(0);
      warmUp(load, talk, speaker, times.warmUp());
      long begin = System.nanoTime();
      long every = 1_000 * MICROS / perSecond;
      long[] said = new long[1];
      boolean[] over = new boolean[1];
      load.every(
          MICROS / perSecond,
          () -> {
            long due = begin + ++said[0] * every;
            if (!over[0]) {
              speaker.say(speaker.rooms().get(0), Math.max(due, System.nanoTime() - every));
            }
          });
      Figures figures = new Meter(contestant, load).measure(new Times(1, times.measure()), 0);
      if (contestant instanceof HubbubNodes nodes) {
        row(nodes.database(), figures);
      }
      load.call(() -> over[0] = true);
      load.settle(world, SETTLE_SECONDS);
      return figures;
    }
  }

  /** A server that does nothing just now has been used before: its code is compiled. */
  private static void warmUp(Load load, ClosedLoop.Talk talk, Client speaker, int seconds)
      throws InterruptedException {
    load.call(
        () -> {
          talk.say(speaker);
          return null;
        });
    Thread.sleep(seconds * 1_000L);
    load.call(() -> talk.over = true);
  }

  /** What PostgreSQL takes for {@code INSERT … RETURNING} of one such row, with its commit. */
  private void row(Database database, Figures figures) throws SQLException, InterruptedException {
    database.run("CREATE TABLE lone (n bigserial PRIMARY KEY, body text)");
    Histogram latency = new Histogram(3);
    try (Connection connection = database.connect();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO lone (body) VALUES (?) RETURNING n")) {
      for (int i = 0; i < ROWS; i++) {
        Thread.sleep(1_000 / perSecond);
        insert.setString(1, "And so they talked on, of this and of that, until the lamp went out");
        long from = System.nanoTime();
        insert.executeQuery().close();
        latency.recordValue(System.nanoTime() - from);
      }
    }
    figures.with("one row p50 ms", latency.getValueAtPercentile(50) / NANOS_PER_MILLI);
    figures.with("one row p99 ms", latency.getValueAtPercentile(99) / NANOS_PER_MILLI);
  }
}
