package io.hubbub.history.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.ChangeFriendship;
import io.hubbub.api.query.Circle;
import io.hubbub.api.query.CreateDirect;
import io.hubbub.api.query.Created;
import io.hubbub.api.query.FriendsOf;
import io.hubbub.api.query.Friendship;
import io.hubbub.api.query.MayWatch;
import io.hubbub.api.query.Users;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may see whom. */
class VisibilityTest {
  private final String run = UUID.randomUUID().toString();
  private final String ann = "ann-" + run;
  private final String bob = "bob-" + run;
  private final String cat = "cat-" + run;
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

  private Set<String> seenBy(String user, int members) {
    MayWatch query = new MayWatch(user, List.of(ann, bob, cat, "nobody"), members);
    return new HashSet<>(fixture.ask(Users.class, query).users());
  }

  private void does(String user, String other, int act) {
    fixture.ask(Friendship.class, new ChangeFriendship(user, other, act, 100));
  }

  @Test
  void strangersSeeOnlyThemselves() {
    assertEquals(Set.of(ann), seenBy(ann, 100));
    assertEquals(Set.of(), seenBy("nobody else", 100));
    assertEquals(List.of(), fixture.ask(Circle.class, new FriendsOf(ann, 10)).friends());
  }

  @Test
  void membersOfASmallRoomSeeEachOtherUntilOneLeaves() throws SQLException {
    UUID room = db.room(ann, bob);
    assertEquals(Set.of(ann, bob), seenBy(ann, 100));
    assertEquals(Set.of(ann, bob), seenBy(bob, 2));
    assertEquals(Set.of(ann), seenBy(ann, 1), "a room of two is too large");
    db.append(Row.of(room, ann, 9, "leave", "[\"" + bob + "\"]"));
    assertEquals(Set.of(ann), seenBy(ann, 100));
    assertEquals(Set.of(bob), seenBy(bob, 100));
  }

  @Test
  void theTwoOfADirectConversationSeeEachOtherWhateverTheBound() {
    fixture.ask(Created.class, new CreateDirect(ann, cat));
    assertEquals(Set.of(ann, cat), seenBy(ann, 0));
    assertEquals(Set.of(cat, ann), seenBy(cat, 0));
  }

  /** Rooms, friends and blocks by chance; everybody asks for everybody at once, in batches. */
  @Test
  void askedTogetherEachSeesWhomTheRuleLetsItSee() throws SQLException {
    Random random = new Random(7);
    List<String> users = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      users.add("u" + i + "-" + run);
    }
    db.accounts(users.toArray(String[]::new));
    List<Set<String>> rooms = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Set<String> members = new HashSet<>();
      for (int j = 0; j < 2 + i / 2; j++) {
        members.add(users.get(random.nextInt(30))); // The last ten are in none.
      }
      if (members.size() > 1) {
        db.room(members.toArray(String[]::new));
        rooms.add(members);
      }
    }
    Set<Set<String>> friends = new HashSet<>();
    Set<Set<String>> blocked = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      String one = users.get(random.nextInt(40));
      String other = users.get(random.nextInt(40));
      Set<String> pair = new HashSet<>(List.of(one)); // One asks, or both, or one blocks.
      pair.add(other);
      if (pair.size() == 1 || friends.contains(pair) || blocked.contains(pair)) {
        continue;
      }
      does(one, other, i % 3 == 0 ? ChangeFriendship.BLOCK : ChangeFriendship.ASK);
      if (i % 3 == 0) {
        blocked.add(pair);
      } else if (i % 3 == 1) {
        does(other, one, ChangeFriendship.ASK);
        friends.add(pair);
      }
    }
    int most = 5;
    List<Future<?>> answers = new ArrayList<>();
    for (String user : users) {
      answers.add(fixture.answers.answer(new MayWatch(user, users, most)));
    }
    int seen = 0;
    for (int i = 0; i < users.size(); i++) {
      String user = users.get(i);
      Set<String> expected = new HashSet<>();
      for (String other : users) {
        Set<String> pair = Set.copyOf(new HashSet<>(List.of(user, other)));
        boolean shared =
            rooms.stream().anyMatch(room -> room.size() <= most && room.containsAll(pair));
        if (pair.size() == 1 || (!blocked.contains(pair) && (friends.contains(pair) || shared))) {
          expected.add(other);
        }
      }
      seen += expected.size() - 1;
      Users answer = (Users) Fixture.await(answers.get(i));
      assertEquals(expected, new HashSet<>(answer.users()), user);
    }
    assertTrue(seen > 20 && !blocked.isEmpty(), "nothing was tried: " + seen);
  }

  /** With more members in them than twenty for each user asked for, rooms are not read whole. */
  @Test
  void whoIsInManyRoomsSeesTheSame() throws SQLException {
    db.room(ann, bob);
    for (int i = 0; i < 12; i++) {
      db.room(ann, cat);
    }
    assertEquals(List.of(bob), fixture.ask(Users.class, one(bob)).users());
    assertEquals(List.of(), fixture.ask(Users.class, one("nobody")).users());
    does(bob, ann, ChangeFriendship.BLOCK);
    assertEquals(List.of(), fixture.ask(Users.class, one(bob)).users());
    assertEquals(List.of(cat), fixture.ask(Users.class, one(cat)).users());
  }

  private MayWatch one(String other) {
    return new MayWatch(ann, List.of(other), 100);
  }

  @Test
  void whoAsksForBadTextDoesNotSpoilTheAnswersOfOthers() throws SQLException {
    db.room(ann, bob);
    List<Future<?>> good = new ArrayList<>();
    List<Future<?>> bad = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      bad.add(fixture.answers.answer(new MayWatch(ann, List.of("a\0b"), 100)));
      good.add(fixture.answers.answer(new MayWatch(ann, List.of(bob), 100)));
    }
    for (Future<?> each : good) {
      assertEquals(new Users(List.of(bob)), Fixture.await(each));
    }
    for (Future<?> each : bad) {
      HubbubException failure = assertThrows(HubbubException.class, () -> Fixture.await(each));
      assertEquals(ErrorCode.BAD_TEXT, failure.code());
    }
  }
}
