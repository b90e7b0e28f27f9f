package io.hubbub.history.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.query.ConversationRow;
import io.hubbub.api.query.CreateDirect;
import io.hubbub.api.query.Created;
import io.hubbub.api.query.ListConversations;
import io.hubbub.api.query.Open;
import io.hubbub.api.query.Opened;
import io.hubbub.api.query.RowOf;
import io.hubbub.api.query.Rows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user's conversations: all of them once, then whatever changed. */
class UserRowsTest {
  private Db db;
  private Fixture fixture;
  private String user;

  @BeforeEach
  void open() throws SQLException {
    db = new Db();
    fixture = new Fixture();
    user = "u-" + UUID.randomUUID();
    db.accounts(user, "bob", "ann");
  }

  @AfterEach
  void close() throws SQLException {
    fixture.close();
    db.close();
  }

  private Rows list(@Nullable String cursor, int limit) {
    return fixture.ask(Rows.class, new ListConversations(user, cursor, limit));
  }

  private static Set<UUID> ids(Rows rows) {
    Set<UUID> ids = new HashSet<>();
    rows.rows().forEach(row -> ids.add(row.id()));
    return ids;
  }

  /** Reads to the end of one reading; returns its last page's cursor. */
  private String through(@Nullable String cursor, Set<UUID> seen) {
    Rows rows = list(cursor, 3);
    seen.addAll(ids(rows));
    while (rows.more()) {
      rows = list(rows.cursor(), 3);
      seen.addAll(ids(rows));
    }
    return rows.cursor();
  }

  @Test
  void theMostRecentlyActiveComeFirstAndPagesReachAll() throws SQLException {
    List<UUID> rooms = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      rooms.add(db.room(user, "bob"));
      db.update("UPDATE conversation SET at = ? WHERE id = ?", 1000L + i / 2, rooms.get(i));
    }
    Rows first = list(null, 3);
    assertTrue(first.more());
    assertEquals(1003, first.rows().get(0).at());
    Set<UUID> seen = new HashSet<>();
    through(null, seen);
    assertEquals(new HashSet<>(rooms), seen);
  }

  @Test
  void aCursorGivesWhatChangedSince() throws SQLException {
    UUID one = db.room(user, "bob");
    UUID two = db.room("bob", user);
    String cursor = through(null, new HashSet<>());
    assertEquals(Set.of(), ids(list(cursor, 10)));
    db.append(Row.send(two, "bob", "1", "news"));
    Rows rows = list(cursor, 10);
    assertEquals(Set.of(two), ids(rows));
    db.markRead(List.of(two), List.of(user), List.of(2L));
    Rows read = list(rows.cursor(), 10);
    assertEquals(Set.of(two), ids(read), "read on another device");
    assertEquals(0, read.rows().get(0).unread());
    UUID three = db.room("bob", user);
    db.append(Row.of(two, user, 9, "2", "[\"" + user + "\"]"));
    Set<UUID> changed = new HashSet<>();
    through(read.cursor(), changed);
    assertEquals(Set.of(two, three), changed);
    assertFalse(changed.contains(one));
  }

  @Test
  void nothingThatCommitsLateIsMissed() throws SQLException {
    UUID room = db.room(user, "bob");
    try (Db slow = new Db()) {
      slow.connection.setAutoCommit(false);
      slow.append(Row.send(room, "bob", "1", "slow"));
      String cursor = through(null, new HashSet<>());
      slow.connection.commit();
      assertEquals(Set.of(room), ids(list(cursor, 10)));
    }
  }

  @Test
  void aForeignCursorBeginsAnew() throws SQLException {
    UUID room = db.room(user);
    for (String cursor : List.of("", "x", "a.b.c.d.e", "00000000.5.5.5.", "........")) {
      assertEquals(Set.of(room), ids(list(cursor, 10)), cursor);
    }
  }

  @Test
  void aRowSaysWhatIsUnreadAndNewest() throws SQLException {
    UUID room = db.room("bob", user);
    db.append(Row.send(room, "bob", "1", "x".repeat(400)), Row.send(room, "bob", "2", "second"));
    db.append(Row.react(room, "bob", "3", 2, "y", true));
    ConversationRow row = fixture.ask(Rows.class, new RowOf(user, room)).rows().get(0);
    assertEquals(
        List.of(4L, 1L, 2L, 2, false),
        List.of(row.head(), row.read(), row.unread(), row.members(), row.left()));
    assertNotNull(row.last());
    assertEquals("second", row.last().body());
    assertEquals("a room", row.name());
    fixture.assertFails(ErrorCode.NOT_A_MEMBER, new RowOf("ann", room));
  }

  @Test
  void whoLeftSeesNothingNewer() throws SQLException {
    UUID room = db.room("bob", user);
    String cursor = through(null, new HashSet<>());
    db.append(Row.of(room, user, 9, "l", "[\"" + user + "\"]"));
    db.append(Row.send(room, "bob", "1", "secret"));
    Rows rows = list(cursor, 10);
    ConversationRow row = rows.rows().get(0);
    assertEquals(List.of(true, 2L, 0L), List.of(row.left(), row.head(), row.unread()));
    assertEquals(null, row.last());
    db.append(Row.send(room, "bob", "2", "more"));
    assertEquals(Set.of(), ids(list(rows.cursor(), 10)));
    assertEquals(Set.of(), ids(list(null, 10)));
  }

  @Test
  void aDirectConversationNamesTheOther() {
    Created made = fixture.ask(Created.class, new CreateDirect(user, "bob"));
    Created again = fixture.ask(Created.class, new CreateDirect("bob", user));
    assertEquals(List.of(made.id(), true, false), List.of(again.id(), made.fresh(), again.fresh()));
    ConversationRow row = list(null, 10).rows().get(0);
    assertEquals(List.of(true, "bob"), List.of(row.direct(), row.with()));
    fixture.assertFails(ErrorCode.NOT_FOUND, new CreateDirect(user, "nobody at all"));
  }

  @Test
  void openingASessionTellsEpochRowsAndWhatToFollow() throws SQLException {
    UUID room = db.room(user);
    UUID left = db.room(user, "bob");
    db.append(Row.of(left, user, 9, "l", "[\"" + user + "\"]"));
    Opened opened =
        fixture.ask(Opened.class, new Open(user, null, false, 0, null, null, 100, 1000));
    assertEquals(36, opened.epoch().length());
    assertEquals(Set.of(room), ids(opened.rows()));
    assertEquals(List.of(room), opened.followed().stream().map(f -> f.conversation()).toList());
    assertEquals(1, opened.followed().get(0).head());
  }
}
