package io.hubbub.history.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hubbub.api.presence.Chosen;
import io.hubbub.api.presence.Status;
import io.hubbub.api.query.ChangeFriendship;
import io.hubbub.api.query.Done;
import io.hubbub.api.query.FindMentions;
import io.hubbub.api.query.Friendship;
import io.hubbub.api.query.KeepPresence;
import io.hubbub.api.query.KeptPresence;
import io.hubbub.api.query.ListUnread;
import io.hubbub.api.query.Member;
import io.hubbub.api.query.Members;
import io.hubbub.api.query.Mentions;
import io.hubbub.api.query.ReadMembers;
import io.hubbub.api.query.Rows;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is told how far others have read, and how much is unread. */
class QuietReadersTest {
  private final String run = UUID.randomUUID().toString();
  private final String ann = "ann-" + run;
  private final String bob = "bob-" + run;
  private Db db;
  private Fixture fixture;
  private UUID room;

  @BeforeEach
  void open() throws SQLException {
    db = new Db();
    fixture = new Fixture();
    db.accounts(ann, bob);
    room = db.room(ann, bob);
    for (int i = 0; i < 5; i++) {
      db.append(Row.send(room, ann, "k" + i, i == 3 ? "hear, @" + bob + "!" : "x"));
    }
  }

  @AfterEach
  void close() throws SQLException {
    fixture.close();
    db.close();
  }

  private void read(long seq) throws SQLException {
    db.markRead(List.of(room), List.of(bob), List.of(seq));
  }

  private void choose(Status status, long at) {
    KeptPresence row = new KeptPresence(bob, new Chosen(status, at), 0);
    fixture.ask(Done.class, new KeepPresence(List.of(row)));
  }

  /** How far bob has read and been delivered to, as somebody sees it. */
  private List<Long> seenBy(String reader) {
    Member member =
        fixture.ask(Members.class, new ReadMembers(room, reader, null, 10)).members().stream()
            .filter(each -> each.user().equals(bob))
            .findFirst()
            .orElseThrow();
    return List.of(member.read(), member.delivered());
  }

  @Test
  void whatAnInvisibleUserReadsIsToldToNobodyElseUntilTheFirstThingReadWhenVisible()
      throws SQLException {
    read(2);
    choose(Status.INVISIBLE, 10);
    read(3);
    read(4);
    assertEquals(List.of(2L, 2L), seenBy(ann));
    assertEquals(List.of(4L, 4L), seenBy(bob));
    choose(Status.ONLINE, 20);
    assertEquals(List.of(2L, 2L), seenBy(ann), "becoming visible tells nothing of the time before");
    read(5);
    assertEquals(List.of(5L, 5L), seenBy(ann));
  }

  @Test
  void oneWhoBlocksTheOtherDoesNotSeeHowFarTheOtherReads() throws SQLException {
    read(2);
    fixture.ask(Friendship.class, new ChangeFriendship(bob, ann, ChangeFriendship.BLOCK, 10));
    assertEquals(List.of(0L, 0L), seenBy(ann));
    assertEquals(List.of(2L, 2L), seenBy(bob));
  }

  @Test
  void whatIsUnreadIsListedWithThoseThatMentionTheUser() throws SQLException {
    UUID other = db.room(ann, bob);
    db.append(Row.send(other, ann, "k", "@" + bob + "x and a@" + bob + "_"));
    Rows unread = fixture.ask(Rows.class, new ListUnread(bob, null, 10));
    assertEquals(List.of(other, room), unread.rows().stream().map(row -> row.id()).toList());
    assertEquals(List.of(1L, 5L), unread.rows().stream().map(row -> row.unread()).toList());
    FindMentions find = new FindMentions(bob, List.of(room, other));
    assertEquals(List.of(room), fixture.ask(Mentions.class, find).conversations());
    read(1_000);
    assertEquals(List.of(), fixture.ask(Mentions.class, find).conversations());
    assertEquals(
        List.of(other),
        fixture.ask(Rows.class, new ListUnread(bob, null, 10)).rows().stream()
            .map(row -> row.id())
            .toList());
    assertEquals(List.of(), fixture.ask(Rows.class, new ListUnread(ann, null, 10)).rows());
  }
}
