package io.hubbub.chat;

import io.hubbub.api.presence.Presence;
import io.hubbub.api.query.Change;
import io.hubbub.api.query.FriendState;
import io.hubbub.chat.protocol.EventJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The users that sessions of one event loop watch: each is wanted once, and what is told of one is
 * encoded once. Confined to the event loop.
 */
final class ShardUsers {
  /** A user that somebody watches. */
  static final class Watched {
    final String user;
    private final Set<SessionWatch> watchers = new LinkedHashSet<>(2);
    private @Nullable Presence own;
    private @Nullable Buffer ownLine;
    private @Nullable Buffer line;
    private @Nullable Buffer object;

    Watched(String user) {
      this.user = user;
    }

    /** How somebody sees the user; null while that is not known. */
    @Nullable Presence seenBy(String watcher) {
      Presence known = own;
      return known == null || watcher.equals(user) ? known : known.toOthers();
    }

    /** The object that says it in a snapshot, for others than the user. */
    Buffer object() {
      Buffer made = object;
      if (made == null) {
        Presence known = own;
        made = EventJson.seen(known == null ? Presence.unknown(user) : known.toOthers());
        object = known == null ? null : made;
      }
      return made;
    }

    /** The event that tells it; to be asked for only when it is known. */
    Buffer line(String watcher) {
      boolean self = watcher.equals(user);
      Buffer made = self ? ownLine : line;
      if (made == null) {
        Presence seen = seenBy(watcher);
        made = EventJson.presence(seen == null ? Presence.unknown(user) : seen);
        ownLine = self ? made : ownLine;
        line = self ? line : made;
      }
      return made;
    }
  }

  private final EdgeShard shard;
  private final Map<String, Watched> watched = new HashMap<>();
  private final Map<String, Set<SessionWatch>> asked = new HashMap<>();

  ShardUsers(EdgeShard shard) {
    this.shard = shard;
  }

  /** Lets a session hear of a user. */
  Watched watch(SessionWatch session, String user) {
    Watched of = watched.get(user);
    if (of == null) {
      of = new Watched(user);
      watched.put(user, of);
      shard.edgeUsers().want(shard, user, true);
    }
    of.watchers.add(session);
    return of;
  }

  /** The session is to hear of the user no more. */
  void unwatch(SessionWatch session, Watched of) {
    of.watchers.remove(session);
    if (of.watchers.isEmpty() && watched.remove(of.user, of)) {
      shard.edgeUsers().want(shard, of.user, false);
    }
  }

  /** A session asks, or no longer asks, for a user, whether it may see the user or not. */
  void asks(SessionWatch session, String user, boolean on) {
    if (on) {
      asked.computeIfAbsent(user, key -> new LinkedHashSet<>(2)).add(session);
    } else {
      Set<SessionWatch> all = asked.get(user);
      if (all != null && all.remove(session) && all.isEmpty()) {
        asked.remove(user);
      }
    }
  }

  /** A user is seen like this now. */
  void shown(Presence presence) {
    Watched of = watched.get(presence.user());
    if (of == null || presence.equals(of.own)) {
      return;
    }
    Presence before = of.own;
    boolean others = before == null || !before.toOthers().equals(presence.toOthers());
    of.own = presence;
    of.ownLine = null;
    of.line = others ? null : of.line;
    of.object = others ? null : of.object;
    for (SessionWatch session : List.copyOf(of.watchers)) {
      if (others || session.user().equals(of.user)) {
        session.changed(of);
      }
    }
  }

  /** Something changed for a user: who may see whom may have changed with it. */
  void changed(Change change, List<Session> own) {
    if (change.kind() == Change.REVOKED || change.kind() == Change.PROFILE) {
      return;
    }
    own.forEach(session -> session.watch.doubt(change.kind()));
    if (change.kind() == Change.FRIEND && !own.isEmpty()) {
      friend(change.data(), own);
    }
    asked.getOrDefault(change.user(), Set.of()).forEach(watch -> watch.doubt(change.kind()));
  }

  /** Something between two users has changed; without data it is only told that it has. */
  private static void friend(@Nullable String data, List<Session> own) {
    if (data == null) {
      own.forEach(session -> session.watch.doubtAll());
      return;
    }
    JsonObject what = new JsonObject(data);
    String other = what.getString("user");
    Buffer line = EventJson.friend(other, FriendState.ofCode(what.getInteger("state")));
    own.forEach(session -> session.watch.friend(other, line));
  }
}
