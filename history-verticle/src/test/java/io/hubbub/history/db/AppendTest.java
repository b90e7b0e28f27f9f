package io.hubbub.history.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.history.db.Db.Result;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Numbers, keys, threads and deadlines of {@code append}. */
class AppendTest {
  private Db db;

  @BeforeEach
  void open() throws SQLException {
    db = new Db();
  }

  @AfterEach
  void close() throws SQLException {
    db.close();
  }

  private static List<Integer> statuses(List<Result> results) {
    return results.stream().map(Result::status).toList();
  }

  private static List<Long> numbers(List<Result> results) {
    return results.stream().map(Result::seq).toList();
  }

  @Test
  void rowsOfOneBatchAreNumberedInTheirOrder() throws SQLException {
    UUID a = db.room("ann", "bob");
    UUID b = db.room("bob", "ann");
    List<Result> results =
        db.append(
            Row.send(a, "ann", "1", "one"),
            Row.send(b, "ann", "1", "one"),
            Row.send(a, "bob", "1", "two"),
            Row.send(a, "ann", "2", "three"));
    assertEquals(List.of(0, 0, 0, 0), statuses(results));
    assertEquals(List.of(2L, 2L, 3L, 4L), numbers(results));
    assertEquals(List.of(1L, 1L, 2L, 3L), results.stream().map(Result::ord).toList());
    assertEquals(List.of(2L, 2L, 3L, 4L), results.stream().map(Result::head).toList());
    assertEquals(List.of(1, 2, 3, 4), results.stream().map(Result::i).toList());
    assertEquals(
        List.of(4L, 3L, 4L, 2),
        db.one("SELECT head, messages, last, members FROM conversation WHERE id = ?", a));
  }

  @Test
  void timeNeverFallsWithinAConversation() throws SQLException {
    UUID room = db.room("ann");
    long future = System.currentTimeMillis() + 3_600_000;
    db.update("UPDATE conversation SET at = ? WHERE id = ?", future, room);
    assertEquals(future, db.one(Row.send(room, "ann", "1", "x")).at());
  }

  @Test
  void theSameKeyIsTheSameEntry() throws SQLException {
    UUID room = db.room("ann", "bob");
    Result first = db.one(Row.send(room, "ann", "k", "hello"));
    Result again = db.one(Row.send(room, "ann", "k", "hello"));
    assertEquals(1, again.status());
    assertEquals(
        List.of(first.seq(), first.at(), first.ord()),
        List.of(again.seq(), again.at(), again.ord()));
    assertEquals(0, db.one(Row.send(room, "bob", "k", "hello")).status(), "another user's key");
  }

  @Test
  void theSameKeyWithAnotherBodyIsRefused() throws SQLException {
    UUID room = db.room("ann");
    db.append(Row.send(room, "ann", "k", "hello"));
    assertEquals(2, db.one(Row.send(room, "ann", "k", "other")).status());
    assertEquals(2, db.one(Row.of(room, "ann", 10, "k", "hello")).status());
  }

  @Test
  void aRepeatInsideTheBatchIsADuplicateOfTheFirst() throws SQLException {
    UUID room = db.room("ann");
    List<Result> results =
        db.append(
            Row.send(room, "ann", "k", "hello"),
            Row.send(room, "ann", "k", "hello"),
            Row.send(room, "ann", "k", "other"),
            Row.send(room, "ann", "l", "next"),
            Row.send(room, "ann", "k", "hello"));
    assertEquals(List.of(0, 1, 2, 0, 1), statuses(results));
    assertEquals(List.of(2L, 2L, 0L, 3L, 2L), numbers(results));
  }

  @Test
  void aRepeatOfAFailureFailsAlike() throws SQLException {
    UUID room = db.room("ann");
    db.accounts("eve");
    assertEquals(
        List.of(3, 3),
        statuses(db.append(Row.send(room, "eve", "k", "a"), Row.send(room, "eve", "k", "a"))));
  }

  @Test
  void strangersAreRefusedAndServicesAreNot() throws SQLException {
    UUID room = db.room("ann");
    db.accounts("eve");
    assertEquals(3, db.one(Row.send(room, "eve", "1", "x")).status());
    assertEquals(0, db.one(Row.send(room, "eve", "2", "x").asService()).status());
    UUID nowhere = UUID.randomUUID();
    assertEquals(3, db.one(Row.send(nowhere, "ann", "1", "x")).status());
    assertEquals(4, db.one(Row.send(nowhere, "ann", "1", "x").asService()).status());
  }

  @Test
  void anUnknownConversationDoesNotDisturbItsNeighbours() throws SQLException {
    UUID room = db.room("ann");
    List<Result> results =
        db.append(
            Row.send(UUID.randomUUID(), "ann", "1", "x"),
            Row.send(room, "ann", "1", "x"),
            Row.send(new UUID(0, 0), "ann", "1", "x"));
    assertEquals(List.of(3, 0, 3), statuses(results));
  }

  @Test
  void aThreadNeedsAMessageAsItsRoot() throws SQLException {
    UUID room = db.room("ann");
    long root = db.one(Row.send(room, "ann", "1", "root")).seq();
    assertEquals(0, db.one(Row.reply(room, "ann", "2", root, "reply")).status());
    assertEquals(4, db.one(Row.reply(room, "ann", "3", 99, "reply")).status());
    assertEquals(4, db.one(Row.reply(room, "ann", "4", 1, "created is no root")).status());
  }

  @Test
  void aBatchPastItsDeadlineDoesNothing() throws SQLException {
    UUID room = db.room("ann");
    db.accounts("pat");
    UUID direct = UUID.randomUUID();
    List<Result> results =
        db.append(
            System.currentTimeMillis() - 1000,
            List.of(
                Row.send(room, "ann", "1", "late"), Row.direct(direct, "ann", "pat", "1", "x")));
    assertEquals(List.of(9, 9), statuses(results));
    assertEquals(List.of(1L), db.one("SELECT head FROM conversation WHERE id = ?", room));
    assertEquals(List.of(0L), db.one("SELECT count(*) FROM conversation WHERE id = ?", direct));
  }

  @Test
  void bodiesSurviveByteForByte() throws SQLException {
    UUID room = db.room("ann");
    String body = "\"quotes\" \\ \n\t {a,NULL} 👩‍👩‍👧 é " + "x".repeat(60_000);
    long seq = db.one(Row.send(room, "ann", "{\"k\\,", body)).seq();
    assertEquals(
        List.of("{\"k\\,", body),
        db.one("SELECT key, body FROM event WHERE conversation = ? AND seq = ?", room, seq));
  }

  @Test
  void aNulCharacterRefusesTheWholeCall() throws SQLException {
    UUID room = db.room("ann");
    SQLException refused =
        assertThrows(
            SQLException.class,
            () ->
                db.append(Row.send(room, "ann", "1", "fine"), Row.send(room, "ann", "2", "a\0b")));
    assertEquals("22021", refused.getSQLState());
    assertEquals(List.of(1L), db.one("SELECT head FROM conversation WHERE id = ?", room));
  }

  @Test
  void aSenderHasReadWhatItSends() throws SQLException {
    UUID room = db.room("ann", "bob");
    db.append(Row.send(room, "ann", "1", "x"), Row.send(room, "bob", "1", "x"));
    assertEquals(
        List.of(List.of("ann", 2L, 1L), List.of("bob", 3L, 2L)),
        db.all("SELECT usr, read, read_ord FROM member WHERE conversation = ? ORDER BY usr", room));
  }

  @Test
  void everythingAppendedInOneCallHasOneTimeAndTransaction() throws SQLException {
    UUID a = db.room("ann");
    UUID b = db.room("ann");
    db.append(Row.send(a, "ann", "1", "x"), Row.send(b, "ann", "1", "x"));
    assertTrue(
        db.one("SELECT count(DISTINCT tx) FROM conversation WHERE id IN (?, ?)", a, b)
            .equals(List.of(1L)));
  }
}
