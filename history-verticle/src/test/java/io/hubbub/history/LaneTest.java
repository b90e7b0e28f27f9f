package io.hubbub.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.log.Command;
import io.hubbub.api.log.Entry;
import io.hubbub.api.log.Kind;
import io.hubbub.api.log.Outcome;
import io.hubbub.api.node.DatabaseClock;
import io.hubbub.history.db.Appended;
import io.hubbub.history.db.LaneSession;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a lane does about a database that jumps, breaks or goes back. */
class LaneTest {
  private static final UUID ROOM = UUID.randomUUID();

  private final Vertx vertx = Vertx.vertx();
  private final DatabaseClock clock = new DatabaseClock();
  private final FakeDatabase database = new FakeDatabase();
  private final Seen seen = new Seen();
  private Lane lane;

  @BeforeEach
  void open() {
    clock.set(System.currentTimeMillis(), System.nanoTime());
    lane =
        new Lane(
            vertx,
            () -> Future.succeededFuture(database),
            new LaneQueue(10, 1 << 20),
            clock,
            new HistoryCounts(new SimpleMeterRegistry()),
            seen);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private void add(String key) {
    Command command = new Command(ROOM, null, "ann", Kind.MESSAGE, key, 0, 0, "text", false);
    lane.add(new Waiting("edge", 1, command, clock.now() + 10_000, () -> {}));
    lane.pump();
  }

  @Test
  void aClockThatJumpsMakesCommandsLateOnlyOnce() {
    add("1");
    assertEquals(List.of("1"), seen.appended);
    database.ahead = 60_000;
    add("2");
    assertEquals(List.of("2"), seen.expired);
    add("2");
    assertEquals(List.of("1", "2"), seen.appended);
    assertTrue(lane.idle());
  }

  @Test
  void aBrokenConnectionThatDoesNotCloseHoldsUpNothing() throws Exception {
    add("1");
    database.broken = true;
    add("2");
    assertEquals(
        "2",
        seen.next.future().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS));
    assertEquals(0, seen.lostAt);
  }

  @Test
  void aLogThatLacksTheLastEntryWentBack() throws Exception {
    add("1");
    database.holds = false;
    database.broken = true;
    add("2");
    seen.next.future().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertEquals(77, seen.lostAt);
  }

  @Test
  void aConnectionThatEndsWhileNobodyWritesIsOpenedAgainAndTheLogLookedAt() {
    add("1");
    database.holds = false;
    database.ended.run();
    assertEquals(77, seen.lostAt);
    add("2");
    assertEquals(List.of("1", "2"), seen.appended);
  }

  private static final class FakeDatabase implements LaneSession {
    private long ahead;
    private boolean broken;
    private boolean holds = true;
    private long head;
    private Runnable ended = () -> {};

    @Override
    public void onClose(Runnable closed) {
      ended = closed;
    }

    @Override
    public Future<Optional<List<Appended>>> append(List<Command> commands, long deadline) {
      if (broken) {
        broken = false;
        return Future.failedFuture("the connection broke");
      }
      if (System.currentTimeMillis() + ahead > deadline) {
        return Future.succeededFuture(Optional.empty());
      }
      List<Appended> results = new ArrayList<>();
      for (Command command : commands) {
        head++;
        Entry entry =
            new Entry(head, Kind.MESSAGE, "ann", 77, command.key(), 0, 0, command.body(), null);
        results.add(new Appended(Outcome.appended(head, 77, 0, false), entry, head, 1, false));
      }
      return Future.succeededFuture(Optional.of(results));
    }

    @Override
    public Future<Boolean> holds(UUID conversation, long seq, long at) {
      return Future.succeededFuture(holds);
    }

    @Override
    public Future<Long> now() {
      return Future.succeededFuture(System.currentTimeMillis() + ahead);
    }

    @Override
    public Future<Void> close() {
      return Promise.<Void>promise().future();
    }
  }

  private static final class Seen implements Lane.Port {
    private final List<String> appended = new ArrayList<>();
    private final List<String> expired = new ArrayList<>();
    private final Promise<String> next = Promise.promise();
    private volatile long lostAt;

    @Override
    public void appended(List<Waiting> batch, List<Appended> results) {
      batch.forEach(waiting -> appended.add(waiting.command().key()));
      if (appended.size() > 1) {
        next.tryComplete(appended.get(appended.size() - 1));
      }
    }

    @Override
    public void expired(List<Waiting> all) {
      all.forEach(waiting -> expired.add(waiting.command().key()));
    }

    @Override
    public Future<Void> wentBack(long at) {
      lostAt = at;
      return Future.succeededFuture();
    }

    @Override
    public void reachable(boolean reachable, String why) {}
  }
}
