package io.hubbub.history.db;

import static io.hubbub.history.db.Fixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.log.Command;
import io.hubbub.api.log.Entry;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.Kind;
import io.hubbub.api.log.Outcome;
import io.vertx.pgclient.PgException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lane's connection: commands in, results out, and what failures mean. */
class LaneSessionTest {
  private Fixture fixture;
  private LaneSession lane;
  private UUID room;

  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture();
    lane = await(fixture.database.lane());
    try (Db db = new Db()) {
      room = db.room("ann", "bob");
      db.accounts("eve");
    }
  }

  @AfterEach
  void close() {
    await(lane.close());
    fixture.close();
  }

  private Command command(Kind kind, String key, long target, @Nullable String body) {
    return new Command(room, null, "ann", kind, key, target, 0, body, false);
  }

  private List<Appended> append(Command... commands) {
    return await(lane.append(List.of(commands), Long.MAX_VALUE)).orElseThrow();
  }

  @Test
  void aBatchComesBackAsOutcomesAndEntries() {
    List<Appended> results =
        append(
            command(Kind.MESSAGE, "1", 0, "héllo \"👋\""),
            command(Kind.MESSAGE, "1", 0, "héllo \"👋\""),
            command(Kind.EDITED, "2", 77, "x"),
            command(Kind.MESSAGE, "3", 0, "more"));
    Outcome first = results.get(0).outcome();
    assertEquals(
        new Entry(2, Kind.MESSAGE, "ann", first.at(), "1", 0, 0, "héllo \"👋\"", null),
        results.get(0).entry());
    assertEquals(Outcome.appended(2, first.at(), 0, true), results.get(1).outcome());
    assertNull(results.get(1).entry());
    assertEquals(ErrorCode.NOT_FOUND, results.get(2).outcome().error());
    assertEquals(List.of(3L, 3L), List.of(results.get(0).head(), results.get(3).head()));
    assertEquals(2, results.get(3).members());
  }

  @Test
  void aCancelOfAMessageIsADeletion() {
    append(command(Kind.MESSAGE, "k", 0, "text"));
    Appended cancel = append(command(Kind.CANCELLED, "k", 0, null)).get(0);
    Entry entry = cancel.entry();
    assertEquals(
        new Entry(3, Kind.DELETED, "ann", cancel.outcome().at(), "k\u0001", 2, 0, null, null),
        entry);
    assertEquals(2, cancel.outcome().target());
    Appended again = append(command(Kind.CANCELLED, "k", 0, null)).get(0);
    assertEquals(
        List.of(3L, 2L, true),
        List.of(again.outcome().seq(), again.outcome().target(), again.outcome().duplicate()));
    Entry early = append(command(Kind.CANCELLED, "l", 0, null)).get(0).entry();
    assertNotNull(early);
    assertEquals(Kind.CANCELLED, early.kind());
  }

  @Test
  void aDirectConversationIsMadeOnTheWay() {
    UUID direct = UUID.randomUUID();
    Command hello = new Command(direct, "eve", "ann", Kind.MESSAGE, "1", 0, 0, "hi", false);
    Appended made = append(hello).get(0);
    assertEquals(List.of(2L, true, 2), List.of(made.outcome().seq(), made.made(), made.members()));
    assertFalse(append(hello).get(0).made());
  }

  @Test
  void lateCommandsAreNotDone() {
    long now = await(lane.now());
    assertEquals(
        Optional.empty(),
        await(lane.append(List.of(command(Kind.MESSAGE, "late", 0, "x")), now - 1)));
  }

  @Test
  void theWitnessIsFoundAndAnotherIsNot() {
    Outcome sent = append(command(Kind.MESSAGE, "w", 0, "x")).get(0).outcome();
    assertTrue(await(lane.holds(room, sent.seq(), sent.at())));
    assertFalse(await(lane.holds(room, sent.seq(), sent.at() - 1)));
    assertFalse(await(lane.holds(room, sent.seq() + 1, sent.at())));
  }

  @Test
  void aNulCharacterMeansToSplitAndTheLaneGoesOn() {
    PgException refused =
        assertThrows(PgException.class, () -> append(command(Kind.MESSAGE, "n", 0, "a\0b")));
    assertEquals("22021", refused.getSqlState());
    assertEquals(SqlOutcome.SPLIT, SqlOutcome.of(refused));
    assertEquals(2, append(command(Kind.MESSAGE, "o", 0, "ok")).get(0).outcome().seq());
  }

  @Test
  void aBrokenConnectionMeansToRetry() throws SQLException {
    try (Db db = new Db()) {
      db.all(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name = 'hubbub' AND pid <> pg_backend_pid()");
    }
    Throwable broken =
        assertThrows(RuntimeException.class, () -> append(command(Kind.MESSAGE, "b", 0, "x")));
    assertEquals(SqlOutcome.RETRY, SqlOutcome.of(broken));
  }

  @Test
  void aServerThatForgetsIsRefused() throws SQLException {
    try (Db db = new Db()) {
      db.update("CREATE DATABASE forgetful");
      db.update("ALTER DATABASE forgetful SET synchronous_commit = off");
      db.update("CREATE DATABASE readonly");
      db.update("ALTER DATABASE readonly SET default_transaction_read_only = on");
    }
    for (String name : List.of("forgetful", "readonly")) {
      Database other =
          new Database(
              fixture.vertx,
              DatabaseOptions.of("127.0.0.1", TestServer.port(), name, "postgres", "postgres"));
      IllegalStateException refused =
          assertThrows(IllegalStateException.class, () -> await(other.lane()));
      assertEquals(SqlOutcome.RETRY, SqlOutcome.of(refused), refused.getMessage());
      await(other.close());
    }
  }

  @Test
  void aServerThatIsNotThereFailsTheLane() {
    Database away =
        new Database(
            fixture.vertx, DatabaseOptions.of("127.0.0.1", 1, "postgres", "postgres", "x"));
    Throwable failure = assertThrows(RuntimeException.class, () -> await(away.lane()));
    assertEquals(SqlOutcome.RETRY, SqlOutcome.of(failure));
    await(away.close());
  }
}
