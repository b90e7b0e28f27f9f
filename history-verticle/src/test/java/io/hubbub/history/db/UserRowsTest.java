package io.hubbub.history.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.bus.Wire;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.ConversationRow;
import io.hubbub.api.query.CreateDirect;
import io.hubbub.api.query.Created;
import io.hubbub.api.query.ListConversations;
import io.hubbub.api.query.Open;
import io.hubbub.api.query.Opened;
import io.hubbub.api.query.RowOf;
import io.hubbub.api.query.Rows;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
        fixture.ask(
            Opened.class, new Open(user, null, false, 0, null, null, 100, 1000, 10, Map.of()));
    assertEquals(36, opened.epoch().length());
    assertEquals(Set.of(room), ids(opened.rows()));
    assertEquals(List.of(room), opened.followed().stream().map(f -> f.conversation()).toList());
    assertEquals(1, opened.followed().get(0).head());
  }

  @Test
  void sessionsOpenedTogetherAreEachGivenTheirOwn() throws SQLException {
    UUID first = db.room(user, "bob");
    String cursor = through(null, new HashSet<>());
    UUID second = db.room(user);
    String other = "other-" + user;
    UUID theirs = db.room(other);
    Db.Result sent = db.one(Row.send(first, "bob", "1", "one"));
    long seq = sent.seq();
    List<Open> opens =
        List.of(
            new Open(user, null, false, 0, null, null, 100, 1000, 10, Map.of(first, seq)),
            new Open(other, null, false, 0, null, null, 100, 1000, 10, Map.of(first, seq + 9)),
            new Open("new-" + user, null, false, 0, null, null, 100, 1000, 10, Map.of()),
            new Open(user, null, false, 0, null, cursor, 100, 1000, 10, Map.of()),
            new Open(user, null, false, 0, null, null, 1, 1000, 10, Map.of()),
            new Open("nobody-" + user, null, false, 1, null, null, 100, 1000, 10, Map.of()));
    List<Future<? extends Wire>> answers = opens.stream().map(fixture.answers::answer).toList();
    List<Opened> opened =
        answers.subList(0, 5).stream().map(a -> (Opened) Fixture.await(a)).toList();
    assertEquals(Set.of(first, second), ids(opened.get(0).rows()));
    assertEquals(Map.of(first, sent.at()), opened.get(0).times());
    assertEquals(Set.of(first, second), followed(opened.get(0)));
    assertEquals(Set.of(theirs), ids(opened.get(1).rows()));
    assertEquals(Map.of(), opened.get(1).times(), "there is no such entry");
    assertEquals(Set.of(), ids(opened.get(2).rows()));
    assertEquals(Set.of(first, second), ids(opened.get(3).rows()), "what changed since");
    assertEquals(Set.of(first, second), followed(opened.get(3)));
    assertEquals(1, opened.get(4).rows().rows().size());
    assertEquals(Set.of(first, second), followed(opened.get(4)), "all, although one row was asked");
    HubbubException refused =
        assertThrows(HubbubException.class, () -> Fixture.await(answers.get(5)));
    assertEquals(ErrorCode.TOKEN_REVOKED, refused.code());
  }

  @Test
  void aNameThatCannotBeKeptSpoilsNobodyElsesSession() throws SQLException {
    UUID room = db.room(user);
    List<Future<? extends Wire>> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String name = i == 4 ? "a\u0000b" : "fine";
      String who = i == 5 ? user : user + i;
      answers.add(
          fixture.answers.answer(new Open(who, name, false, 0, null, null, 9, 9, 9, Map.of())));
    }
    for (int i = 0; i < 10; i++) {
      Future<? extends Wire> answer = answers.get(i);
      if (i == 4) {
        HubbubException refused = assertThrows(HubbubException.class, () -> Fixture.await(answer));
        assertEquals(ErrorCode.BAD_TEXT, refused.code());
      } else {
        Opened opened = (Opened) Fixture.await(answer);
        assertEquals(i == 5 ? Set.of(room) : Set.of(), ids(opened.rows()));
      }
    }
  }

  private static Set<UUID> followed(Opened opened) {
    Set<UUID> ids = new HashSet<>();
    opened.followed().forEach(one -> ids.add(one.conversation()));
    return ids;
  }
}
