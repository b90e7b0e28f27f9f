package io.hubbub.chat;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.presence.Presence;
import io.hubbub.api.presence.Status;
import io.hubbub.api.query.Change;
import io.hubbub.api.query.Circle;
import io.hubbub.api.query.FriendsOf;
import io.hubbub.api.query.MayWatch;
import io.hubbub.api.query.Users;
import io.hubbub.chat.ShardUsers.Watched;
import io.hubbub.chat.protocol.EventJson;
import io.hubbub.chat.protocol.JsonOut;
import io.hubbub.chat.protocol.Texts;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
  private final Map<String, Watched> held = new HashMap<>(1);
  private final Set<String> asked = new LinkedHashSet<>(1);
  private final Set<String> friends = new HashSet<>(1);
  private final Set<String> pending = new LinkedHashSet<>(1);
  private final Set<String> unanswered = new HashSet<>(1);
  private final Set<String> awaited = new HashSet<>(1);
  private final FriendNews news = new FriendNews(EventJson::friends);
  private Set<String> allowed = Set.of();
  private @Nullable Promise<Void> snapshot;
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
    befriended(circle);
  }

  /** Watches these users and no others; the answer tells how they are seen. */
  Future<Consumer<JsonOut>> replace(List<String> users) {
    if (replacing) {
      throw new HubbubException(ErrorCode.RATE_LIMITED, "an earlier watch has no answer yet", 100);
    }
    replacing = true;
    asked.forEach(user -> shard.users().asks(this, user, false));
    asked.clear();
    asked.addAll(users);
    asked.forEach(user -> shard.users().asks(this, user, true));
    unanswered.addAll(asked);
    unanswered.removeAll(held.keySet()); // Those are told as ever.
    doubtful = false;
    return permitted()
        .onFailure(failure -> doubtful = true)
        .compose(may -> known())
        .onComplete(done -> replacing = false)
        .onFailure(failure -> answered().forEach(this::tellIfKnown))
        .onSuccess(known -> answered())
        .map(
            known -> {
              List<String> told = List.copyOf(asked);
              told.forEach(pending::remove);
              return out -> snapshot(out, told);
            });
  }

  /** The snapshot comes first: only from here on is told what changes. */
  private List<String> answered() {
    List<String> all = List.copyOf(unanswered);
    unanswered.clear();
    return all;
  }

  private void snapshot(JsonOut out, List<String> told) {
    out.name("users").array();
    for (String each : told) {
      Watched of = held.get(each);
      if (of != null && !each.equals(user())) {
        out.raw(of.object());
      } else {
        Presence seen = of == null ? null : of.seenBy(user());
        out.raw(EventJson.seen(seen == null ? Presence.unknown(each) : seen));
      }
    }
    out.endArray();
  }

  /** Done when it is known how all who were asked for are seen. */
  private Future<Void> known() {
    for (String user : asked) {
      Watched of = held.get(user);
      if (of != null && of.seenBy(user()) == null) {
        awaited.add(user);
      }
    }
    if (awaited.isEmpty()) {
      return Future.succeededFuture();
    }
    Promise<Void> promise = Promise.promise();
    snapshot = promise;
    snapshotUntil = shard.now() + shard.watching().answerMillis();
    return promise.future();
  }

  /** One of those whom the snapshot waits for is known, or is watched no more. */
  private void settled(String user) {
    Promise<Void> waiting = snapshot;
    if (waiting != null && awaited.remove(user) && awaited.isEmpty()) {
      snapshot = null;
      waiting.complete();
    }
  }

  /** Asks whom of those asked for the user may see, and watches them. */
  private Future<Void> permitted() {
    int mine = ++turn;
    List<String> candidates = asked.stream().filter(Texts::userId).toList();
    if (candidates.isEmpty()) {
      allowed = Set.of();
      hold();
      return Future.succeededFuture();
    }
    return shard
        .port()
        .ask(new MayWatch(user(), candidates, shard.watching().members()), Users.class)
        .map(
            may -> {
              if (mine == turn) {
                allowed = new HashSet<>(may.users());
                hold();
              }
              return null;
            });
  }

  /** Watches whom it is to watch; who may be seen no more looks offline. */
  private void hold() {
    if (!session.open()) {
      return;
    }
    Iterator<Watched> each = held.values().iterator();
    while (each.hasNext()) {
      Watched of = each.next();
      if (!wants(of.user)) {
        each.remove();
        shard.users().unwatch(this, of);
        pending.remove(of.user);
        if (asked.contains(of.user)) {
          tell(of.user);
        }
        settled(of.user);
      }
    }
    hold(user());
    asked.stream().filter(this::wants).forEach(this::hold);
    friends.forEach(this::hold);
  }

  /** The user's own status is wanted, too: what an invisible one does is not told to others. */
  private boolean wants(String user) {
    return user.equals(user())
        || friends.contains(user)
        || (asked.contains(user) && allowed.contains(user));
  }

  private void hold(String user) {
    if (!held.containsKey(user)) {
      Watched of = shard.users().watch(this, user);
      held.put(user, of);
      tellIfKnown(user);
    }
  }

  private void tellIfKnown(String user) {
    Watched of = held.get(user);
    if (of != null && of.seenBy(user()) != null) {
      tell(user);
    }
  }

  /** A watched user is seen in another way. */
  void changed(Watched of) {
    Presence own = of.user.equals(user()) ? of.seenBy(user()) : null;
    hiding &= own == null || own.status() == Status.INVISIBLE;
    tell(of.user);
    settled(of.user);
  }

  private void tell(String user) {
    if (user.equals(user()) && !asked.contains(user)) {
      return;
    }
    if (!unanswered.contains(user)) {
      pending.add(user);
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
    Watched own = held.get(user());
    Presence seen = own == null ? null : own.seenBy(user());
    return !hiding && seen != null && seen.status() != Status.INVISIBLE;
  }

  /** Puts what is to be told into the outbox, as far as there is room. */
  void fill() {
    news.fill(session::offerEphemeral);
    Iterator<String> each = pending.iterator();
    while (each.hasNext()) {
      String user = each.next();
      Watched of = held.get(user);
      boolean room =
          session.offerEphemeral(
              of == null ? EventJson.presence(Presence.unknown(user)) : of.line(user()));
      if (!room) {
        return;
      }
      each.remove();
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

  /** Time has passed. */
  void tick() {
    Promise<Void> waiting = snapshot;
    if (waiting != null && shard.now() > snapshotUntil) {
      snapshot = null;
      awaited.clear();
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
    // Too many to know: nobody is heard.
    boolean all = now.hidden().size() < shard.watching().friends();
    hidden = all ? Set.copyOf(now.hidden()) : null;
    Set<String> lost = new HashSet<>(friends);
    friends.clear();
    friends.addAll(now.friends());
    lost.removeAll(friends);
    hold();
    lost.removeAll(held.keySet());
    lost.forEach(this::tell);
  }

  /** The session has ended. */
  void clear() {
    asked.forEach(user -> shard.users().asks(this, user, false));
    held.values().forEach(of -> shard.users().unwatch(this, of));
    asked.clear();
    held.clear();
    friends.clear();
    pending.clear();
    Promise<Void> waiting = snapshot;
    snapshot = null;
    if (waiting != null) {
      waiting.fail(new HubbubException(ErrorCode.UNAVAILABLE, "the session has ended"));
    }
  }
}
