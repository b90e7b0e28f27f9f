package io.hubbub.history.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hubbub.history.db.Db.Mark;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Read positions only rise, stay within the log, and say how much is unread. */
class ReadPositionsTest {
  private Db db;
  private UUID room;

  @BeforeEach
  void open() throws SQLException {
    db = new Db();
    room = db.room("ann", "bob");
    for (int i = 0; i < 5; i++) {
      db.append(Row.send(room, "ann", "k" + i, "x"));
    }
  }

  @AfterEach
  void close() throws SQLException {
    db.close();
  }

  private Mark read(String user, long seq) throws SQLException {
    return db.markRead(List.of(room), List.of(user), List.of(seq)).get(0);
  }

  @Test
  void unreadCountsMessagesOnly() throws SQLException {
    db.append(
        Row.react(room, "ann", "r", 2, "x", true),
        Row.edit(room, "ann", "e", 3, "y"),
        Row.delete(room, "ann", "d", 4));
    assertEquals(new Mark(0, 3, 3, 3), read("bob", 3));
    assertEquals(new Mark(0, 9, 9, 0), read("bob", 9));
  }

  @Test
  void aPositionOnlyRises() throws SQLException {
    assertEquals(new Mark(0, 4, 4, 2), read("bob", 4));
    assertEquals(new Mark(0, 4, 4, 2), read("bob", 2));
  }

  @Test
  void aPositionIsCappedAtTheHead() throws SQLException {
    assertEquals(new Mark(0, 6, 6, 0), read("bob", 1_000_000));
  }

  @Test
  void theHighestOfRepeatedRowsWins() throws SQLException {
    List<Mark> marks =
        db.markRead(
            List.of(room, room, UUID.randomUUID(), room),
            List.of("bob", "bob", "bob", "nobody at all"),
            List.of(5L, 3L, 1L, 2L));
    assertEquals(new Mark(0, 5, 5, 1), marks.get(0));
    assertEquals(new Mark(0, 5, 5, 1), marks.get(1));
    assertEquals(List.of(3, 3), List.of(marks.get(2).status(), marks.get(3).status()));
  }

  @Test
  void whoLeftReadsNoMore() throws SQLException {
    db.append(Row.of(room, "bob", 9, "l", "[\"bob\"]"));
    assertEquals(3, read("bob", 4).status());
  }
}
