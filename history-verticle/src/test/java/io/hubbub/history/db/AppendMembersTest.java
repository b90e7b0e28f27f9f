package io.hubbub.history.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hubbub.history.db.Db.Result;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rooms, joins, leaves, names, roles and direct conversations. */
class AppendMembersTest {
  private Db db;
  private UUID room;

  @BeforeEach
  void open() throws SQLException {
    db = new Db();
    room = db.room("own", "ann", "bob");
    db.accounts("cat", "dan");
  }

  @AfterEach
  void close() throws SQLException {
    db.close();
  }

  private long changes(String user, int kind) throws SQLException {
    return (Long)
        db.one(
                "SELECT count(*) FROM change WHERE usr = ? AND kind = ? AND conversation = ?",
                user,
                kind,
                room)
            .get(0);
  }

  private Result join(String by, String key, String users) throws SQLException {
    return db.one(Row.of(room, by, 8, key, users));
  }

  private Result leave(String by, String key, String users) throws SQLException {
    return db.one(Row.of(room, by, 9, key, users));
  }

  @Test
  void aRoomIsMadeOnceById() throws SQLException {
    UUID id = UUID.randomUUID();
    String call = "SELECT status, seq, members FROM create_room(?, 'own', ?, ?, 'k')";
    String[] users = {"ann", "own", "ann"};
    assertEquals(List.of(0, 1L, 2), db.one(call, id, "name", users));
    assertEquals(List.of(1, 1L, 2), db.one(call, id, "name", users));
    assertEquals(2, db.one(call, id, "other", users).get(0));
    assertEquals(4, db.one(call, UUID.randomUUID(), "name", new String[] {"nobody at all"}).get(0));
    assertEquals(
        List.of(List.of("ann", 2), List.of("own", 1)),
        db.all("SELECT usr, role FROM member WHERE conversation = ? ORDER BY usr", id));
    assertEquals(
        List.of("{\"kind\" : \"room\", \"name\" : \"name\", \"users\" : [\"ann\",\"own\"]}"),
        db.one("SELECT body FROM event WHERE conversation = ?", id));
  }

  @Test
  void aMemberAddsOthersAndTheyStartAtTheirJoin() throws SQLException {
    db.append(Row.send(room, "ann", "1", "before"));
    Result join = join("bob", "j", "[\"cat\",\"dan\",\"ann\"]");
    assertEquals(List.of(0, 3L, 5), List.of(join.status(), join.seq(), join.members()));
    assertEquals(
        List.of(true, 3L, 3L, 1L),
        db.one(
            "SELECT active, joined, read, read_ord FROM member WHERE conversation = ? AND usr ="
                + " 'cat'",
            room));
    assertEquals(1, changes("cat", 1));
    assertEquals(1, changes("ann", 1), "only from the creation");
    assertEquals(0, db.one(Row.send(room, "cat", "1", "hello")).status());
  }

  @Test
  void aSecondJoinTakesANumberAndChangesNothing() throws SQLException {
    join("ann", "1", "[\"cat\"]");
    Result second = join("ann", "2", "[\"cat\"]");
    assertEquals(List.of(0, 3L, 4), List.of(second.status(), second.seq(), second.members()));
    assertEquals(1, changes("cat", 1));
    assertEquals(1, join("ann", "1", "[\"cat\"]").status());
  }

  @Test
  void anUnknownUserCannotJoin() throws SQLException {
    assertEquals(4, join("ann", "1", "[\"cat\",\"nobody at all\"]").status());
    assertEquals(3, join("cat", "2", "[\"cat\"]").status());
    assertEquals(0, join("cat", "3", "[\"cat\"]").status() - 3);
    assertEquals(0, db.one(Row.of(room, "cat", 8, "4", "[\"cat\"]").asService()).status());
  }

  @Test
  void oneLeavesAndAnOwnerRemoves() throws SQLException {
    assertEquals(5, leave("ann", "1", "[\"bob\"]").status());
    Result left = leave("ann", "2", "[\"ann\"]");
    assertEquals(List.of(0, 2), List.of(left.status(), left.members()));
    assertEquals(0, leave("own", "3", "[\"bob\"]").status());
    assertEquals(1, changes("ann", 2));
    assertEquals(1, changes("bob", 2));
    assertEquals(3, db.one(Row.send(room, "ann", "4", "x")).status());
    assertEquals(1, leave("ann", "2", "[\"ann\"]").status(), "a removed member's retry");
  }

  @Test
  void whoComesBackHasReadWhatWasMissed() throws SQLException {
    leave("ann", "1", "[\"ann\"]");
    db.append(Row.send(room, "bob", "1", "missed"));
    long seq = join("bob", "2", "[\"ann\"]").seq();
    assertEquals(
        List.of(true, seq, "null", seq, 1L, 2),
        db.one(
            "SELECT active, joined, left_at, read, read_ord, role FROM member WHERE conversation ="
                + " ? AND usr = 'ann'",
            room));
  }

  @Test
  void ownersNameAndGiveRoles() throws SQLException {
    String role = "{\"user\":\"ann\",\"role\":\"owner\"}";
    assertEquals(5, db.one(Row.of(room, "ann", 10, "1", "new")).status());
    assertEquals(5, db.one(Row.of(room, "ann", 11, "2", role)).status());
    assertEquals(0, db.one(Row.of(room, "own", 11, "3", role)).status());
    assertEquals(0, db.one(Row.of(room, "ann", 10, "4", "new")).status());
    assertEquals(List.of("new"), db.one("SELECT name FROM conversation WHERE id = ?", room));
    String stranger = "{\"user\":\"cat\",\"role\":\"owner\"}";
    assertEquals(4, db.one(Row.of(room, "own", 11, "5", stranger)).status());
  }

  @Test
  void theFirstSendMakesTheDirectConversation() throws SQLException {
    UUID direct = UUID.randomUUID();
    List<Result> results =
        db.append(
            Row.direct(direct, "cat", "dan", "1", "hello"),
            Row.direct(direct, "cat", "dan", "2", "you"));
    assertEquals(List.of(2L, 3L), results.stream().map(Result::seq).toList());
    assertEquals(List.of(true, true), results.stream().map(Result::made).toList());
    Result answer = db.one(Row.direct(direct, "dan", "cat", "1", "hi"));
    assertEquals(List.of(0, 4L, false), List.of(answer.status(), answer.seq(), answer.made()));
    assertEquals(
        List.of(2, 4L, 3L, 2),
        db.one("SELECT kind, head, messages, members FROM conversation WHERE id = ?", direct));
    assertEquals(List.of(2L), db.one("SELECT count(*) FROM change WHERE conversation = ?", direct));
    assertEquals(
        List.of(1, 4L), db.one("SELECT status, head FROM ensure_direct(?, 'dan', 'cat')", direct));
  }

  @Test
  void aDirectConversationNeedsBothUsers() throws SQLException {
    UUID direct = UUID.randomUUID();
    assertEquals(4, db.one(Row.direct(direct, "cat", "nobody at all", "1", "x")).status());
    assertEquals(
        4, db.one("SELECT status FROM ensure_direct(?, 'cat', 'nobody at all')", direct).get(0));
    assertEquals(4, db.one(Row.react(direct, "cat", "2", 1, "x", true).withPeer("dan")).status());
    assertEquals(List.of(0L), db.one("SELECT count(*) FROM conversation WHERE id = ?", direct));
  }

  @Test
  void aCancelMakesTheDirectConversationToUseUpItsKey() throws SQLException {
    UUID direct = UUID.randomUUID();
    assertEquals(0, db.one(Row.cancel(direct, "cat", "1").withPeer("dan")).status());
    assertEquals(7, db.one(Row.direct(direct, "cat", "dan", "1", "late")).status());
  }

  @Test
  void nobodyJoinsOrLeavesADirectConversation() throws SQLException {
    UUID direct = UUID.randomUUID();
    db.append(Row.direct(direct, "cat", "dan", "1", "x"));
    assertEquals(5, db.one(Row.of(direct, "cat", 8, "2", "[\"ann\"]")).status());
    assertEquals(5, db.one(Row.of(direct, "cat", 9, "3", "[\"cat\"]")).status());
    assertEquals(5, db.one(Row.of(direct, "cat", 10, "4", "name")).status());
  }
}
