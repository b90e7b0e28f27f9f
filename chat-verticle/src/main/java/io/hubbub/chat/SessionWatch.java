package io.hubbub.chat;

import static io.hubbub.chat.Ties.ALL;
import static io.hubbub.chat.Ties.ASKED;
import static io.hubbub.chat.Ties.AWAITED;
import static io.hubbub.chat.Ties.FRIEND;
import static io.hubbub.chat.Ties.HELD;
import static io.hubbub.chat.Ties.MAY;
import static io.hubbub.chat.Ties.OWN;
import static io.hubbub.chat.Ties.PENDING;
import static io.hubbub.chat.Ties.UNANSWERED;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.presence.Presence;
import io.hubbub.api.presence.Status;
import io.hubbub.api.query.Change;
import io.hubbub.api.query.Circle;
import io.hubbub.api.query.FriendsOf;
import io.hubbub.api.query.MayWatch;
import io.hubbub.api.query.Users;
import io.hubbub.chat.protocol.EventJson;
import io.hubbub.chat.protocol.JsonOut;
import io.hubbub.chat.protocol.Texts;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whom one session watches: those it asked for and may see, and its user's friends, and what these
 * become. What changed is told as far as there is room, of each user only the newest: a client that
 * does not read costs no more than one mark for each user it watches. Confined to the session's
 * event loop.
 */
final class SessionWatch {
  private final Session session;
  private final EdgeShard shard;
  private final Ties ties = new Ties();
  private final Queue<Watched> pending = new ArrayDeque<>(1);
  private final FriendNews news = new FriendNews(EventJson::friends);
  private @Nullable Watched own;
  private @Nullable Promise<Void> snapshot;
  private int awaited;
  private long snapshotUntil;
  private @Nullable Set<String> hidden;
  private boolean hiding;
  private int turn;
  private boolean replacing;
  private boolean checking;
  private boolean doubtful;
  private boolean friendsDoubtful;

  SessionWatch(Session session, EdgeShard shard) {
    this.session = session;
    this.shard = shard;
  }

  /** Whose session it is. */
  String user() {
    return session.user();
  }

  /** The session has said hello: its user's friends are watched from now on. */
  void begin(Circle circle) {
    own = tie(user(), OWN);
    befriended(circle);
  }

  /** Watches these users and no others; the answer tells how they are seen. */
  Future<Consumer<JsonOut>> replace(List<String> users) {
    if (replacing) {
      throw new HubbubException(ErrorCode.RATE_LIMITED, "an earlier watch has no answer yet", 100);
    }
    replacing = true;
    List<Watched> before = ties.unsetAll(ASKED);
    List<Watched> asked = new ArrayList<>(users.size());
    for (String user : users) {
      Watched of = shard.users().ask(this, user);
      int bits = ties.of(of);
      if ((bits & ASKED) == 0) {
        // Who is held is told as ever.
        ties.put(of, bits | ((bits & HELD) == 0 ? ASKED | UNANSWERED : ASKED));
        asked.add(of);
      }
    }
    before.forEach(this::letGo);
    doubtful = false;
    return permitted()
        .onFailure(failure -> doubtful = true)
        .compose(may -> known())
        .onComplete(done -> replacing = false)
        .onFailure(failure -> ties.unsetAll(UNANSWERED).forEach(this::tellIfKnown))
        .onSuccess(known -> ties.unsetAll(UNANSWERED))
        .map(
            known -> {
              asked.forEach(of -> ties.unset(of, PENDING));
              pending.removeIf(of -> !ties.has(of, PENDING));
              // Only from here on is told what changes.
              return out -> snapshot(out, asked);
            });
  }

  private void snapshot(JsonOut out, List<Watched> told) {
    out.name("users").array();
    for (Watched each : told) {
      if (each == own) {
        Presence seen = each.seenBy(user());
        out.raw(EventJson.seen(seen == null ? Presence.unknown(each.user) : seen));
      } else if (ties.has(each, HELD)) {
        out.raw(each.object());
      } else {
        out.raw(EventJson.seen(Presence.unknown(each.user)));
      }
    }
    out.endArray();
  }

  /** The user, with which the session has something to do from now on. */
  private Watched tie(String user, int bits) {
    Watched of = shard.users().ask(this, user);
    ties.set(of, bits);
    return of;
  }

  /** Where the session has nothing to do with the user any more. */
  private void letGo(Watched of) {
    if ((ties.of(of) & ~MAY) == 0) {
      ties.unset(of, MAY);
      shard.users().leave(this, of);
    }
  }

  /** Done when it is known how all who were asked for are seen. */
  private Future<Void> known() {
    for (Watched of : ties.where(bits -> (bits & (ASKED | HELD)) == (ASKED | HELD))) {
      if (of.seenBy(user()) == null) {
        ties.set(of, AWAITED);
        awaited++;
      }
    }
    if (awaited == 0) {
      return Future.succeededFuture();
    }
    Promise<Void> promise = Promise.promise();
    snapshot = promise;
    snapshotUntil = shard.now() + shard.watching().answerMillis();
    return promise.future();
  }

  /** One of those whom the snapshot waits for is known, or is watched no more. */
  private void settled(Watched of) {
    Promise<Void> waiting = snapshot;
    if (waiting != null && ties.has(of, AWAITED)) {
      ties.unset(of, AWAITED);
      awaited--;
      if (awaited == 0) {
        snapshot = null;
        waiting.complete();
      }
    }
  }

  /** Asks whom of those asked for the user may see, and watches them. */
  private Future<Void> permitted() {
    int mine = ++turn;
    List<Watched> asked = ties.with(ASKED);
    List<String> candidates = asked.stream().map(of -> of.user).filter(Texts::userId).toList();
    if (candidates.isEmpty()) {
      asked.forEach(of -> ties.unset(of, MAY));
      hold();
      return Future.succeededFuture();
    }
    return shard
        .port()
        .ask(new MayWatch(user(), candidates, shard.watching().members()), Users.class)
        .map(
            may -> {
              if (mine == turn) {
                Set<String> allowed = new HashSet<>(may.users());
                asked.forEach(of -> may(of, allowed.contains(of.user)));
                hold();
              }
              return null;
            });
  }

  private void may(Watched of, boolean may) {
    int bits = ties.of(of);
    if ((bits & ASKED) != 0 && may != ((bits & MAY) != 0)) {
      ties.put(of, bits ^ MAY);
    }
  }

  /** Watches whom it is to watch; who may be seen no more looks offline. */
  private void hold() {
    if (!session.open()) {
      return;
    }
    for (Watched of : ties.where(bits -> (bits & HELD) != 0 && !wants(bits))) {
      shard.users().unwatch(of);
      ties.unset(of, HELD);
      if (ties.has(of, ASKED)) {
        tell(of);
      } else if (ties.has(of, PENDING)) {
        ties.unset(of, PENDING);
        pending.remove(of);
      }
      settled(of);
      letGo(of);
    }
    for (Watched of : ties.where(bits -> (bits & HELD) == 0 && wants(bits))) {
      ties.set(of, HELD);
      shard.users().watch(of);
      tellIfKnown(of);
    }
  }

  /** The user's own status is wanted, too: what an invisible one does is not told to others. */
  private static boolean wants(int bits) {
    return (bits & (OWN | FRIEND)) != 0 || (bits & (ASKED | MAY)) == (ASKED | MAY);
  }

  private void tellIfKnown(Watched of) {
    if (ties.has(of, HELD) && of.seenBy(user()) != null) {
      tell(of);
    }
  }

  /** A user that the session asks for is seen in another way. */
  void changed(Watched of) {
    if (ties.has(of, HELD)) {
      Presence seen = of == own ? of.seenBy(user()) : null;
      hiding &= seen == null || seen.status() == Status.INVISIBLE;
      tell(of);
      settled(of);
    }
  }

  private void tell(Watched of) {
    int bits = ties.of(of);
    boolean unasked = of == own && (bits & ASKED) == 0;
    if (!unasked && (bits & UNANSWERED) == 0) {
      if ((bits & PENDING) == 0) {
        ties.set(of, PENDING);
        pending.add(of);
      }
      session.flushSoon();
    }
  }

  /** What another is to the user has changed, maybe to a block: not to be heard until asked. */
  void friend(String other, Buffer line) {
    Set<String> known = hidden;
    if (known != null) {
      Set<String> more = new HashSet<>(known);
      more.add(other);
      hidden = more;
    }
    news.add(other, line, shard.watching().friends());
    session.flushSoon();
  }

  /** Whether one of the two blocks the other; before that is known, whoever the other is. */
  boolean hides(String other) {
    Set<String> known = hidden;
    return known == null || known.contains(other);
  }

  /** The user has just chosen to be invisible, or not to be: before the home says so. */
  void hiding(boolean now) {
    hiding = now;
  }

  /** Whether others may hear what the user does; not before the user's status is known. */
  boolean visible() {
    Watched of = own;
    Presence seen = of == null ? null : of.seenBy(user());
    return !hiding && seen != null && seen.status() != Status.INVISIBLE;
  }

  /** Puts what is to be told into the outbox, as far as there is room. */
  void fill() {
    news.fill(session::offerEphemeral);
    while (!pending.isEmpty()) {
      Watched of = pending.element();
      boolean seen = ties.has(of, HELD);
      boolean room =
          session.offerEphemeral(
              seen ? of.line(user()) : EventJson.presence(Presence.unknown(of.user)));
      if (!room) {
        return;
      }
      pending.remove();
      ties.unset(of, PENDING);
      letGo(of);
    }
  }

  /** Whether something is still to be told. */
  boolean waits() {
    return !pending.isEmpty() || news.waits();
  }

  /** Who may see whom may have changed; it is asked at the next tick, however much did. */
  void doubt(int kind) {
    doubtful = true;
    friendsDoubtful |= kind > Change.PROFILE;
  }

  /** Somebody blocks the user, or no longer: nobody is to be heard until it is known who. */
  void doubtAll() {
    hidden = null;
  }

  /** The same about one whom the session may ask for. */
  void doubt(Watched of, int kind) {
    if (ties.has(of, ASKED)) {
      doubt(kind);
    }
  }

  /** Time has passed. */
  void tick() {
    Promise<Void> waiting = snapshot;
    if (waiting != null && shard.now() > snapshotUntil) {
      snapshot = null;
      awaited = 0;
      ties.unsetAll(AWAITED);
      waiting.fail(new HubbubException(ErrorCode.UNAVAILABLE, "the users' homes do not know yet"));
    }
    if (doubtful || friendsDoubtful) {
      check();
    }
  }

  private void check() {
    if (friendsDoubtful && !checking) {
      friendsDoubtful = false;
      checking = true;
      shard
          .port()
          .ask(new FriendsOf(user(), shard.watching().friends()), Circle.class)
          .onComplete(done -> checking = false)
          .onSuccess(
              circle -> {
                if (!friendsDoubtful) {
                  befriended(circle); // Else it may be older than what was heard since.
                }
              })
          .onFailure(failure -> friendsDoubtful = true);
    }
    if (doubtful && !replacing) {
      doubtful = false;
      permitted().onFailure(failure -> doubtful = true);
    }
  }

  private void befriended(Circle now) {
    if (!session.open()) {
      return;
    }
    // Too many to know: nobody is heard.
    boolean all = now.hidden().size() < shard.watching().friends();
    hidden = all ? Set.copyOf(now.hidden()) : null;
    List<Watched> before = ties.unsetAll(FRIEND);
    now.friends().forEach(friend -> tie(friend, FRIEND));
    hold();
    for (Watched of : before) {
      if (!ties.has(of, HELD)) {
        tell(tie(of.user, 0)); // No friend any more: looks offline.
      }
    }
  }

  /** The session has ended. */
  void clear() {
    ties.with(HELD).forEach(shard.users()::unwatch);
    ties.unsetAll(ALL).forEach(of -> shard.users().leave(this, of));
    own = null;
    pending.clear();
    awaited = 0;
    Promise<Void> waiting = snapshot;
    snapshot = null;
    if (waiting != null) {
      waiting.fail(new HubbubException(ErrorCode.UNAVAILABLE, "the session has ended"));
    }
  }
}
