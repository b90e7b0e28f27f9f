package io.hubbub.chat;

import io.hubbub.api.log.Entry;
import io.hubbub.api.log.Kind;
import io.hubbub.api.query.Page;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One conversation from its log to an edge, in memory: entries and heads on their way from the
 * home, pages that are read at one time and arrive at another, memberships. What waits moves on
 * only when it is told to, in an order that chance decides.
 */
final class ModelEdge implements EdgeConversation.Port {
  static final UUID ID = new UUID(7, 7);

  private static final class Read {
    final long after;
    final List<String> users;
    final Promise<Page> promise = Promise.promise();
    @Nullable Page page;

    Read(long after, List<String> users) {
      this.after = after;
      this.users = List.copyOf(users);
    }
  }

  /** A change of a membership, on its way beside the log. */
  record Membership(String user, boolean joined, long seq) {}

  final List<Entry> log = new ArrayList<>();
  final Set<String> members = new TreeSet<>();
  final Deque<Membership> changes = new ArrayDeque<>();
  private final Random random;
  private final List<Runnable> onTheWay = new ArrayList<>();
  private final List<Read> reads = new ArrayList<>();
  private @Nullable EdgeConversation conversation;
  private boolean interested;
  private boolean moved;

  ModelEdge(Random random, List<String> users) {
    this.random = random;
    members.addAll(users);
  }

  long head() {
    return log.size();
  }

  EdgeConversation conversation() {
    EdgeConversation known = conversation;
    if (known == null) {
      known = new EdgeConversation(ID, this);
      conversation = known;
      EdgeConversation asks = known;
      // The home hears of the interest first; its answer says from where on it delivers.
      onTheWay.add(
          () -> {
            interested = true;
            long head = head();
            onTheWay.add(
                () -> {
                  if (conversation == asks) {
                    asks.known(head, true, 3);
                  }
                });
          });
    }
    return known;
  }

  boolean isDropped() {
    return conversation == null;
  }

  @Override
  public Future<Page> read(UUID id, long after, List<String> users) {
    Read read = new Read(after, users);
    reads.add(read);
    return read.promise.future();
  }

  @Override
  public void drop(EdgeConversation dropped) {
    if (conversation == dropped) {
      conversation = null;
      interested = false;
    }
  }

  @Override
  public void keeps(CatchUp catchUp) {}

  @Override
  public void keepsNoMore(CatchUp catchUp) {}

  @Override
  public void headMoved(EdgeConversation of) {
    moved = true;
  }

  void say() {
    append(Kind.MESSAGE, "x");
  }

  void leave(String user) {
    members.remove(user);
    append(Kind.LEFT, new JsonArray().add(user).encode());
    changes.add(new Membership(user, false, head()));
  }

  void join(String user) {
    members.add(user);
    append(Kind.JOINED, new JsonArray().add(user).encode());
    changes.add(new Membership(user, true, head()));
  }

  private void append(Kind kind, String body) {
    long seq = head() + 1;
    log.add(new Entry(seq, kind, "u", seq, "k" + seq, 0, 0, body, null));
    if (interested) {
      // Entries of one batch come together; some never come, and only the head is told.
      long from = Math.max(1, seq - random.nextInt(3));
      if (random.nextInt(5) > 0) {
        onTheWay.add(() -> deliver(from, seq));
      } else {
        onTheWay.add(() -> tell(seq));
      }
    }
  }

  private void deliver(long from, long to) {
    EdgeConversation known = conversation;
    if (known != null) {
      known.entries(Line.of(ID, log.subList((int) from - 1, (int) to)), 3);
    }
  }

  private void tell(long head) {
    EdgeConversation known = conversation;
    if (known != null) {
      known.known(head, false, 0);
    }
  }

  /** Something arrives: mostly the oldest, sometimes another first, twice, or not at all. */
  void arrive() {
    if (onTheWay.isEmpty()) {
      return;
    }
    int which = random.nextInt(5) == 0 ? random.nextInt(onTheWay.size()) : 0;
    Runnable what = random.nextInt(10) == 0 ? onTheWay.get(which) : onTheWay.remove(which);
    what.run();
  }

  /** A page is read in the database, or arrives, or fails. */
  void page(boolean mayFail) {
    if (reads.isEmpty()) {
      return;
    }
    Read read = reads.get(random.nextInt(reads.size()));
    Page page = read.page;
    if (mayFail && random.nextInt(12) == 0) {
      reads.remove(read);
      read.promise.fail("unavailable");
    } else if (page == null) {
      int most = 1 + random.nextInt(9);
      List<Entry> entries =
          log.stream().filter(entry -> entry.seq() > read.after).limit(most).toList();
      List<String> here = read.users.stream().filter(members::contains).distinct().toList();
      long to = read.after + entries.size();
      read.page =
          new Page(List.copyOf(entries), read.after + 1, to, head(), 1, to < head(), here, 3, "");
    } else {
      reads.remove(read);
      read.promise.complete(page);
    }
  }

  void tick() {
    EdgeConversation known = conversation;
    if (known != null) {
      known.tick();
      if (moved) {
        moved = false;
        known.tellHeads();
      }
    }
  }

  /** All that is on its way arrives, and the digest tells the head. */
  void settle() {
    while (!onTheWay.isEmpty()) {
      onTheWay.remove(0).run();
    }
    tell(head());
    while (!reads.isEmpty()) {
      page(false);
    }
    tick();
  }
}
