package io.hubbub.history.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.bus.Wire;
import io.hubbub.api.log.Conversations;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.query.ChangeFriendship;
import io.hubbub.api.query.Circle;
import io.hubbub.api.query.CreateDirect;
import io.hubbub.api.query.Created;
import io.hubbub.api.query.FriendState;
import io.hubbub.api.query.FriendsOf;
import io.hubbub.api.query.FriendsSince;
import io.hubbub.api.query.Friendship;
import io.hubbub.api.query.Friendships;
import io.hubbub.api.query.ListFriends;
import io.hubbub.api.query.ListUnread;
import io.hubbub.api.query.MayWatch;
import io.hubbub.api.query.Rows;
import io.hubbub.api.query.Users;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Friends, requests and blocks: the same for both sides, whoever is first, however often. */
class FriendsTest {
  private static final int ASK = ChangeFriendship.ASK;
  private static final int END = ChangeFriendship.END;
  private static final int BLOCK = ChangeFriendship.BLOCK;
  private static final int UNBLOCK = ChangeFriendship.UNBLOCK;
  private static final int ROUNDS = 40;

  private final String run = UUID.randomUUID().toString();
  private final String ann = "ann-" + run;
  private final String bob = "bob-" + run;
  private final String cat = "cat-" + run;
  private final UUID direct = Conversations.direct(ann, bob);
  private Db db;
  private Fixture fixture;

  @BeforeEach
  void open() throws SQLException {
    db = new Db();
    fixture = new Fixture();
    db.accounts(ann, bob, cat);
  }

  @AfterEach
  void close() throws SQLException {
    fixture.close();
    db.close();
  }

  private static ChangeFriendship by(String user, String other, int act) {
    return new ChangeFriendship(user, other, act, 100);
  }

  /** What the user does, and what the other is to the user then. */
  private FriendState does(String user, String other, int act) {
    Friendship now = fixture.ask(Friendship.class, by(user, other, act));
    assertEquals(other, now.other());
    return FriendState.ofCode(now.state());
  }

  private FriendState state(String user, String other) {
    Friendships all = fixture.ask(Friendships.class, new ListFriends(user, 0, null, 100));
    return all.friendships().stream()
        .filter(each -> each.other().equals(other))
        .map(each -> FriendState.ofCode(each.state()))
        .findAny()
        .orElse(FriendState.NONE);
  }

  private void assertStates(FriendState annSees, FriendState bobSees) {
    assertEquals(annSees, state(ann, bob), "how ann sees bob");
    assertEquals(bobSees, state(bob, ann), "how bob sees ann");
    boolean friends = annSees == FriendState.FRIENDS;
    assertEquals(friends ? List.of(bob) : List.of(), friendsOf(ann));
    assertEquals(friends ? List.of(ann) : List.of(), friendsOf(bob));
  }

  private List<String> friendsOf(String user) {
    return fixture.ask(Circle.class, new FriendsOf(user, 10)).friends();
  }

  private List<String> hiddenFrom(String user) {
    return fixture.ask(Circle.class, new FriendsOf(user, 10)).hidden();
  }

  /** What the user is told who was last there at a place. */
  private List<String> since(String user, @Nullable String place) {
    return fixture.ask(Friendships.class, new FriendsSince(user, place, 10)).friendships().stream()
        .map(each -> each.other() + " " + FriendState.ofCode(each.state()))
        .toList();
  }

  @Test
  void aBlockHidesBothFromEachOtherUntilItEnds() {
    does(ann, bob, BLOCK);
    assertEquals(List.of(bob), hiddenFrom(ann));
    assertEquals(List.of(ann), hiddenFrom(bob));
    does(ann, bob, UNBLOCK);
    assertEquals(List.of(), hiddenFrom(ann));
    assertEquals(List.of(), hiddenFrom(bob));
  }

  @Test
  void sinceAPlaceRequestsAndWhateverChangedAreTold() {
    does(ann, bob, ASK);
    does(cat, ann, ASK);
    assertEquals(List.of(cat + " INCOMING"), since(ann, null));
    assertEquals(List.of(cat + " INCOMING"), since(ann, "forged"));
    String place = fixture.ask(Rows.class, new ListUnread(ann, null, 10)).cursor();
    assertEquals(List.of(cat + " INCOMING"), since(ann, place));
    does(bob, ann, ASK);
    does(cat, ann, END);
    assertEquals(List.of(bob + " FRIENDS", cat + " NONE"), since(ann, place));
    assertEquals(
        place, fixture.ask(Rows.class, new ListUnread(ann, place, 10)).cursor(), "it is kept");
    String later = fixture.ask(Rows.class, new ListUnread(ann, null, 10)).cursor();
    does(bob, ann, ASK);
    assertEquals(List.of(), since(ann, later), "what changes nothing is not told");
  }

  private boolean sees(String user, String other) {
    return fixture.ask(Users.class, new MayWatch(user, List.of(other), 100)).users().size() == 1;
  }

  /** What a user was told of another, in order; "null" where it is only about who sees whom. */
  private List<Object> told(String user) throws SQLException {
    return db
        .all(
            "SELECT data::json ->> 'state' FROM change WHERE usr = ? AND kind = 5 ORDER BY id",
            user)
        .stream()
        .map(row -> row.get(0))
        .toList();
  }

  @Test
  void whoIsAskedSeesItAndAsksBackAndBothAreFriends() throws SQLException {
    assertEquals(FriendState.REQUESTED, does(ann, bob, ASK));
    assertStates(FriendState.REQUESTED, FriendState.INCOMING);
    assertTrue(!sees(bob, ann) && !sees(ann, bob), "a request shows nobody");
    assertEquals(FriendState.FRIENDS, does(bob, ann, ASK));
    assertStates(FriendState.FRIENDS, FriendState.FRIENDS);
    assertTrue(sees(bob, ann) && sees(ann, bob));
    assertEquals(List.of("1", "3"), told(ann));
    assertEquals(List.of("2", "3"), told(bob));
  }

  @Test
  void theSameAgainChangesAndTellsNothing() throws SQLException {
    for (int act : new int[] {END, UNBLOCK, ASK, ASK, END, END, BLOCK, BLOCK, UNBLOCK, UNBLOCK}) {
      does(ann, bob, act);
    }
    assertStates(FriendState.NONE, FriendState.NONE);
    assertEquals(List.of("1", "0", "4", "0"), told(ann));
    assertEquals(List.of("2", "0", "null", "null"), told(bob));
  }

  @Test
  void requestsWithdrawnOrDeclinedAndFriendsRemovedAreGoneForBoth() {
    for (String ends : List.of(ann, bob)) {
      does(ann, bob, ASK);
      does(ends, ends.equals(ann) ? bob : ann, END);
      assertStates(FriendState.NONE, FriendState.NONE);
      does(ann, bob, ASK);
      does(bob, ann, ASK);
      does(ends, ends.equals(ann) ? bob : ann, END);
      assertStates(FriendState.NONE, FriendState.NONE);
    }
  }

  @Test
  void requestsThatCrossMakeFriends() {
    for (int round = 0; round < ROUNDS; round++) {
      Future<? extends Wire> one = fixture.answers.answer(by(ann, bob, ASK));
      Future<? extends Wire> other = fixture.answers.answer(by(bob, ann, ASK));
      Fixture.await(one);
      Fixture.await(other);
      assertStates(FriendState.FRIENDS, FriendState.FRIENDS);
      does(round % 2 == 0 ? ann : bob, round % 2 == 0 ? bob : ann, END);
    }
  }

  @Test
  void whoIsBlockedSeesADeclineAndAsksInVain() throws SQLException {
    fixture.ask(Created.class, new CreateDirect(ann, bob));
    does(ann, bob, ASK);
    does(bob, ann, ASK);
    assertEquals(FriendState.BLOCKED, does(ann, bob, BLOCK));
    assertStates(FriendState.BLOCKED, FriendState.NONE);
    assertTrue(!sees(ann, bob) && !sees(bob, ann), "whatever they share");
    assertEquals(FriendState.REQUESTED, does(bob, ann, ASK));
    assertStates(FriendState.BLOCKED, FriendState.REQUESTED);
    fixture.assertFails(ErrorCode.FORBIDDEN, by(ann, bob, ASK));
    assertEquals(List.of("1", "3", "4"), told(ann), "ann is not told of the request");
    does(ann, bob, UNBLOCK);
    assertStates(FriendState.INCOMING, FriendState.REQUESTED);
    assertTrue(sees(ann, bob) && sees(bob, ann), "the direct conversation is shared again");
  }

  @Test
  void bothMayBlockAndTheOneWhoStopsChangesNothingForTheOther() throws SQLException {
    fixture.ask(Created.class, new CreateDirect(ann, bob));
    does(ann, bob, BLOCK);
    does(bob, ann, BLOCK);
    does(ann, bob, UNBLOCK);
    assertStates(FriendState.NONE, FriendState.BLOCKED);
    assertTrue(!sees(ann, bob) && !sees(bob, ann));
    assertEquals(5, db.one(Row.send(direct, bob, "k", "hi")).status());
    does(bob, ann, UNBLOCK);
    assertEquals(0, db.one(Row.send(direct, bob, "k", "hi")).status());
  }

  @Test
  void inABlockedConversationNothingIsSaidWhicheverWayAndTakingBackGoesOn() throws SQLException {
    fixture.ask(Created.class, new CreateDirect(ann, bob));
    long said = db.one(Row.send(direct, ann, "a1", "hi")).seq();
    db.append(Row.react(direct, ann, "a2", said, "👍", true));
    does(bob, ann, BLOCK);
    for (String user : List.of(ann, bob)) {
      assertEquals(5, db.one(Row.send(direct, user, user + "1", "there?")).status());
      assertEquals(5, db.one(Row.reply(direct, user, user + "2", said, "there?")).status());
      assertEquals(5, db.one(Row.react(direct, user, user + "3", said, "👎", true)).status());
    }
    assertEquals(5, db.one(Row.edit(direct, ann, "a3", said, "read this")).status());
    List<Db.Result> two =
        db.append(Row.send(direct, ann, "a4", "there?"), Row.send(direct, bob, "b4", "there?"));
    assertEquals(List.of(5, 5), two.stream().map(Db.Result::status).toList());
    assertEquals(1, db.one(Row.send(direct, ann, "a1", "hi")).status(), "it was said before");
    assertEquals(0, db.one(Row.react(direct, ann, "a5", said, "👍", false)).status());
    assertEquals(0, db.one(Row.delete(direct, ann, "a6", said)).status());
    assertEquals(0, db.one(Row.send(direct, ann, "s", "by a service").asService()).status());
    UUID room = db.room(ann, bob);
    assertEquals(0, db.one(Row.send(room, ann, "r", "rooms are another matter")).status());
  }

  @Test
  void noDirectConversationBeginsWhereOneBlocksTheOther() throws SQLException {
    does(bob, ann, BLOCK);
    fixture.assertFails(ErrorCode.FORBIDDEN, new CreateDirect(ann, bob));
    assertEquals(5, db.one(Row.direct(direct, ann, bob, "k", "hi")).status());
    assertEquals(List.of(), db.all("SELECT 1 FROM conversation WHERE id = ?", direct));
    does(bob, ann, UNBLOCK);
    assertEquals(0, db.one(Row.direct(direct, ann, bob, "k", "hi")).status());
  }

  /** Whoever is first: once both have an answer, the conversation is as blocked as its two. */
  @Test
  void aBlockAndAFirstMessageThatCrossLeaveNoWayOpen() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String one = "one-" + round + run;
      String other = "other-" + round + run;
      db.accounts(one, other);
      UUID id = Conversations.direct(one, other);
      Future<? extends Wire> block = fixture.answers.answer(by(other, one, BLOCK));
      Future<? extends Wire> made =
          round % 2 == 0
              ? fixture.answers.answer(new CreateDirect(one, other))
              : Future.succeededFuture();
      int first = db.one(Row.direct(id, one, other, "first", "hi")).status();
      assertTrue(first == 0 || first == 5, "" + first);
      Fixture.await(block);
      Fixture.await(made.otherwiseEmpty());
      assertEquals(5, db.one(Row.direct(id, one, other, "later", "hi")).status());
    }
  }

  @Test
  void unknownUsersAndOneselfAndTooManyAreRefused() {
    fixture.assertFails(ErrorCode.NOT_FOUND, by(ann, "nobody-" + run, ASK));
    fixture.assertFails(ErrorCode.NOT_FOUND, by(ann, "nobody-" + run, BLOCK));
    fixture.assertFails(ErrorCode.BAD_REQUEST, by(ann, ann, ASK));
    does(ann, bob, ASK);
    fixture.assertFails(ErrorCode.TOO_LARGE, new ChangeFriendship(ann, cat, ASK, 1));
    fixture.assertFails(ErrorCode.TOO_LARGE, new ChangeFriendship(ann, cat, BLOCK, 1));
    fixture.ask(Friendship.class, new ChangeFriendship(ann, bob, BLOCK, 1));
    fixture.ask(Friendship.class, new ChangeFriendship(ann, bob, UNBLOCK, 1));
    fixture.ask(Friendship.class, new ChangeFriendship(ann, cat, ASK, 1));
  }

  @Test
  void theListIsReadInPagesAndByState() {
    does(ann, bob, ASK);
    does(cat, ann, ASK);
    Friendships first = fixture.ask(Friendships.class, new ListFriends(ann, 0, null, 1));
    assertEquals(List.of(bob), first.friendships().stream().map(Friendship::other).toList());
    assertTrue(first.more());
    Friendships second = fixture.ask(Friendships.class, new ListFriends(ann, 0, bob, 1));
    assertEquals(List.of(cat), second.friendships().stream().map(Friendship::other).toList());
    assertTrue(!second.more());
    Friendships incoming = fixture.ask(Friendships.class, new ListFriends(ann, 2, null, 10));
    assertEquals(List.of(cat), incoming.friendships().stream().map(Friendship::other).toList());
  }
}
