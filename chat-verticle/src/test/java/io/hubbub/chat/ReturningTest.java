package io.hubbub.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hubbub.api.log.Entry;
import io.hubbub.api.log.Kind;
import io.hubbub.api.query.Page;
import io.hubbub.chat.Seat.State;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many who come back at once cost the database one page, and nobody is handed what is wrong. */
class ReturningTest {
  private static final UUID ID = UUID.fromString("c0c0c0c0-0000-4000-8000-000000000001");
  private static final int HEAD = 20;

  private final Database database = new Database();
  private final List<Entry> log = new ArrayList<>();
  private EdgeConversation conversation = new EdgeConversation(ID, database);

  @BeforeEach
  void twentyMessagesAreThere() {
    conversation = new EdgeConversation(ID, database);
    for (int i = 0; i < HEAD; i++) {
      log.add(entry(Kind.MESSAGE, "x"));
    }
    conversation.known(HEAD, true, 3);
  }

  @Test
  void whoComesWithinSecondsIsServedByThePageOfTheFirst() {
    List<Session> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(new Session("u" + i, i % HEAD, HEAD));
      assertEquals(State.LIVE, all.get(i).seat.state);
      all.get(i).expect(i % HEAD + 1, HEAD);
    }
    assertEquals(1, database.reads);
  }

  @Test
  void whatIsSaidMeanwhileBelongsToIt() {
    Session stays = new Session("ann", 0, HEAD);
    say(Kind.MESSAGE, "x");
    Session comes = new Session("ben", 3, HEAD + 1);
    comes.expect(4, HEAD + 1);
    stays.expect(1, HEAD + 1);
    assertEquals(1, database.reads);
  }

  @Test
  void aDeletionMakesTheNextOneReadAnew() {
    new Session("ann", 0, HEAD);
    say(Kind.DELETED, null);
    new Session("ben", 0, HEAD + 1).expect(1, HEAD + 1);
    assertEquals(2, database.reads);
  }

  @Test
  void whoWasRemovedSinceTheRowWasReadIsAskedAbout() {
    new Session("ann", 0, HEAD);
    say(Kind.LEFT, new JsonArray().add("ben").encode());
    new Session("ann", 0, HEAD + 1); // The page now has the removal in it.
    Session ben = new Session("ben", 0, HEAD);
    assertEquals(3, database.reads);
    assertEquals(HEAD + 1, ben.handed.get(ben.handed.size() - 1), "the removal is the last thing");
  }

  @Test
  void whatWasDeletedWhileThePageWasOnItsWayIsNotHandedOut() {
    database.slow = true;
    new Session("ann", 0, HEAD);
    say(Kind.DELETED, null);
    database.answer();
    new Session("ben", 0, HEAD + 1);
    assertEquals(2, database.reads, "the kept page would show what was deleted");
  }

  @Test
  void aConversationThatNobodyIsInKeepsNothing() {
    database.slow = true;
    Session ann = new Session("ann", 0, HEAD);
    conversation.leave(ann.seat);
    database.answer();
    assertEquals(0, database.keeping);
  }

  @Test
  void afterSomeSecondsNothingIsKept() {
    new Session("ann", 0, HEAD);
    for (int second = 0; second < 10; second++) {
      conversation.tick();
    }
    assertEquals(0, database.keeping);
    new Session("ben", 0, HEAD);
    assertEquals(2, database.reads);
  }

  private void say(Kind kind, @Nullable String body) {
    Entry entry = entry(kind, body);
    log.add(entry);
    conversation.entries(Line.of(ID, List.of(entry)), 3);
  }

  private Entry entry(Kind kind, @Nullable String body) {
    long seq = log.size() + 1L;
    return new Entry(seq, kind, "u", seq, "k" + seq, 0, 0, body, null);
  }

  private final class Database implements EdgeConversation.Port {
    private int reads;
    private int keeping;
    private boolean slow;
    private Runnable waiting = () -> {};

    void answer() {
      waiting.run();
    }

    @Override
    public Future<Page> read(UUID id, long after, List<String> users) {
      reads++;
      List<Entry> entries = List.copyOf(log.subList((int) after, log.size()));
      Promise<Page> promise = Promise.promise();
      Page page = new Page(entries, after + 1, log.size(), log.size(), 1, false, users, 3, "");
      waiting = () -> promise.complete(page);
      if (!slow) {
        answer();
      }
      return promise.future();
    }

    @Override
    public void drop(EdgeConversation dropped) {}

    @Override
    public void keeps(CatchUp catchUp) {
      keeping = 1;
    }

    @Override
    public void keepsNoMore(CatchUp catchUp) {
      keeping = 0;
    }

    @Override
    public void headMoved(EdgeConversation of) {}
  }

  private final class Session implements SeatHolder {
    private final String user;
    private final List<Long> handed = new ArrayList<>();
    private final Seat seat;

    Session(String user, long from, long validFrom) {
      this.user = user;
      this.seat = new Seat(this, conversation, from, validFrom, true);
      conversation.sit(seat);
    }

    void expect(long from, long to) {
      List<Long> all = new ArrayList<>();
      for (long seq = from; seq <= to; seq++) {
        all.add(seq);
      }
      assertEquals(all, handed);
    }

    @Override
    public void push(Buffer lines) {
      for (String line : lines.toString().split("\n", -1)) {
        handed.add(new JsonObject(line).getLong("seq"));
      }
    }

    @Override
    public boolean offer(Buffer lines) {
      push(lines);
      return true;
    }

    @Override
    public boolean offerEphemeral(Buffer line) {
      return true;
    }

    @Override
    public boolean visible() {
      return true;
    }

    @Override
    public boolean hides(String other) {
      return false;
    }

    @Override
    public String user() {
      return user;
    }

    @Override
    public boolean roomy() {
      return true;
    }

    @Override
    public boolean mayRead(Seat of) {
      return true;
    }

    @Override
    public void behind(Seat of) {}

    @Override
    public void readsNoMore(Seat of) {}

    @Override
    public void park(Seat of) {}

    @Override
    public void left(Seat of) {}

    @Override
    public void removed(Seat of) {}
  }
}
