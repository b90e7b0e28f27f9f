package io.hubbub.history.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hubbub.history.db.Db.Result;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code append} makes of edits, deletions, reactions and cancels. */
class AppendChangesTest {
  private Db db;
  private UUID room;
  private long message;

  @BeforeEach
  void open() throws SQLException {
    db = new Db();
    room = db.room("own", "ann", "bob");
    message = db.one(Row.send(room, "ann", "m", "text")).seq();
  }

  @AfterEach
  void close() throws SQLException {
    db.close();
  }

  private List<Object> state() throws SQLException {
    return db.one(
        "SELECT body, rev, edited, deleted, fingerprint IS NULL FROM event"
            + " WHERE conversation = ? AND seq = ?",
        room,
        message);
  }

  private long reactions() throws SQLException {
    return (Long) db.one("SELECT count(*) FROM reaction WHERE conversation = ?", room).get(0);
  }

  @Test
  void anAuthorEdits() throws SQLException {
    Result edit = db.one(Row.edit(room, "ann", "e", message, "better"));
    assertEquals(List.of(0, message), List.of(edit.status(), edit.target()));
    assertEquals(List.of("better", edit.seq(), true, false, false), state());
    assertEquals(1, db.one(Row.send(room, "ann", "m", "text")).status(), "retry of an edited send");
  }

  @Test
  void onlyTheAuthorEdits() throws SQLException {
    assertEquals(5, db.one(Row.edit(room, "own", "e", message, "x")).status());
    assertEquals(5, db.one(Row.edit(room, "bob", "e", message, "x").asService()).status());
    assertEquals(4, db.one(Row.edit(room, "ann", "e", 99, "x")).status());
    assertEquals(4, db.one(Row.edit(room, "own", "e", 1, "x")).status());
  }

  @Test
  void authorOwnerAndServiceDelete() throws SQLException {
    assertEquals(5, db.one(Row.delete(room, "bob", "d", message)).status());
    assertEquals(0, db.one(Row.delete(room, "own", "d", message)).status());
    long second = db.one(Row.send(room, "ann", "m2", "text")).seq();
    assertEquals(0, db.one(Row.delete(room, "ann", "d", second)).status());
    long third = db.one(Row.send(room, "ann", "m3", "text")).seq();
    assertEquals(0, db.one(Row.delete(room, "bob", "d", third).asService()).status());
  }

  @Test
  void deletedTextIsNowhere() throws SQLException {
    db.append(Row.edit(room, "ann", "e", message, "secret"));
    db.append(Row.react(room, "bob", "r", message, "👍", true));
    long deletion = db.one(Row.delete(room, "ann", "d", message)).seq();
    assertEquals(List.of("null", deletion, true, true, true), state());
    assertEquals(0, reactions());
    assertEquals(
        List.of(0L),
        db.one(
            "SELECT count(*) FROM event WHERE conversation = ? AND (target = ? AND kind = 2 OR seq"
                + " = ?) AND (body IS NOT NULL OR fingerprint IS NOT NULL)",
            room,
            message,
            message));
    assertEquals(1, db.one(Row.send(room, "ann", "m", "text")).status(), "its retry");
    assertEquals(1, db.one(Row.edit(room, "ann", "e", message, "secret")).status());
  }

  @Test
  void whatIsDeletedTakesNoChanges() throws SQLException {
    long deletion = db.one(Row.delete(room, "ann", "d", message)).seq();
    assertEquals(6, db.one(Row.edit(room, "ann", "e", message, "x")).status());
    assertEquals(6, db.one(Row.react(room, "bob", "r", message, "x", true)).status());
    assertEquals(6, db.one(Row.react(room, "bob", "s", message, "x", false)).status());
    Result second = db.one(Row.delete(room, "ann", "d2", message));
    assertEquals(List.of(0, deletion + 1), List.of(second.status(), second.seq()));
    assertEquals(List.of("null", deletion, false, true, true), state());
  }

  @Test
  void reactionsComeAndGoAndEachTakesANumber() throws SQLException {
    assertEquals(3, db.one(Row.react(room, "bob", "1", message, "👍", true)).seq());
    assertEquals(4, db.one(Row.react(room, "bob", "2", message, "👍", true)).seq());
    assertEquals(5, db.one(Row.react(room, "ann", "3", message, "👍", true)).seq());
    assertEquals(2, reactions());
    assertEquals(6, db.one(Row.react(room, "bob", "4", message, "👍", false)).seq());
    assertEquals(7, db.one(Row.react(room, "bob", "5", message, "👍", false)).seq());
    assertEquals(1, reactions());
    assertEquals(List.of("text", 7L, false, false, false), state());
    assertEquals(1, db.one(Row.react(room, "bob", "1", message, "👍", true)).status());
    assertEquals(1, reactions(), "a late copy undoes nothing");
  }

  @Test
  void changesOfDifferentTargetsGoInOneBatch() throws SQLException {
    long second = db.one(Row.send(room, "bob", "m", "text")).seq();
    List<Result> results =
        db.append(
            Row.edit(room, "ann", "e", message, "better"),
            Row.send(room, "own", "x", "between"),
            Row.delete(room, "bob", "d", second),
            Row.reply(room, "own", "y", message, "reply"));
    assertEquals(List.of(0, 0, 0, 0), results.stream().map(Result::status).toList());
    assertEquals(List.of(4L, 5L, 6L, 7L), results.stream().map(Result::seq).toList());
    assertEquals(List.of(2L, 3L, 3L, 4L), results.stream().map(Result::ord).toList());
    assertEquals(List.of("better", 4L, true, false, false), state());
  }

  @Test
  void aCancelOfACommittedMessageDeletesIt() throws SQLException {
    Result cancel = db.one(Row.cancel(room, "ann", "m"));
    assertEquals(List.of(0, 3L, message), List.of(cancel.status(), cancel.seq(), cancel.target()));
    assertEquals(List.of("null", 3L, false, true, true), state());
    assertEquals(
        List.of(3, "m\u0001"),
        db.one("SELECT kind, key FROM event WHERE conversation = ? AND seq = 3", room));
    Result again = db.one(Row.cancel(room, "ann", "m"));
    assertEquals(List.of(1, 3L, message), List.of(again.status(), again.seq(), again.target()));
    assertEquals(1, db.one(Row.send(room, "ann", "m", "text")).status(), "the late send");
  }

  @Test
  void aCancelBeforeTheMessageUsesUpItsKey() throws SQLException {
    assertEquals(List.of(0, 3L), List.of(0, db.one(Row.cancel(room, "ann", "k")).seq()));
    Result again = db.one(Row.cancel(room, "ann", "k"));
    assertEquals(List.of(1, 3L), List.of(again.status(), again.seq()));
    assertEquals(7, db.one(Row.send(room, "ann", "k", "late")).status());
    assertEquals(2, db.one(Row.edit(room, "ann", "k", message, "late")).status());
  }

  @Test
  void aCancelOfAnotherCommandIsRefused() throws SQLException {
    db.append(Row.edit(room, "ann", "e", message, "better"));
    assertEquals(2, db.one(Row.cancel(room, "ann", "e")).status());
  }

  @Test
  void aSendAfterItsCancelInOneBatchIsCancelled() throws SQLException {
    List<Result> results =
        db.append(
            Row.cancel(room, "ann", "k"),
            Row.cancel(room, "ann", "k"),
            Row.send(room, "ann", "k", "late"));
    assertEquals(List.of(0, 1, 7), results.stream().map(Result::status).toList());
  }

  @Test
  void changesAfterTheCancelOfTheirTargetInOneBatchAreGone() throws SQLException {
    List<Result> results =
        db.append(
            Row.cancel(room, "ann", "m"),
            Row.cancel(room, "ann", "m"),
            Row.react(room, "bob", "r", message, "👍", true));
    assertEquals(List.of(0, 1, 6), results.stream().map(Result::status).toList());
    assertEquals(List.of("null", 3L, false, true, true), state());
  }

  @Test
  void anEditBeforeTheCancelOfItsTargetInOneBatchIsErasedToo() throws SQLException {
    List<Result> results =
        db.append(Row.edit(room, "ann", "e", message, "secret"), Row.cancel(room, "ann", "m"));
    assertEquals(List.of(0, 0), results.stream().map(Result::status).toList());
    assertEquals(
        List.of(0L),
        db.one("SELECT count(*) FROM event WHERE conversation = ? AND body = 'secret'", room));
  }
}
