package io.hubbub.chat;

import io.hubbub.api.presence.Presence;
import io.hubbub.api.query.Change;
import io.hubbub.api.query.FriendState;
import io.hubbub.chat.protocol.EventJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The users that sessions of one event loop ask for: each is wanted once, as long as one of them
 * may watch it. Confined to the event loop.
 */
final class ShardUsers {
  private final EdgeShard shard;
  private final Map<String, Watched> all = new HashMap<>();

  ShardUsers(EdgeShard shard) {
    this.shard = shard;
  }

  /** A session asks for a user, whether it may see the user or not. */
  Watched ask(SessionWatch session, String user) {
    Watched of = all.computeIfAbsent(user, Watched::new);
    of.audience.add(session);
    return of;
  }

  /** A session has nothing to do with a user any more. */
  void leave(SessionWatch session, Watched of) {
    of.audience.remove(session);
    if (of.audience.isEmpty()) {
      all.remove(of.user, of);
    }
  }

  /** A session that asks for a user begins to watch it. */
  void watch(Watched of) {
    of.watchers++;
    if (of.watchers == 1) {
      shard.edgeUsers().want(shard, of.user, true);
    }
  }

  /** A session watches a user no more. */
  void unwatch(Watched of) {
    of.watchers--;
    if (of.watchers == 0) {
      of.forget();
      shard.edgeUsers().want(shard, of.user, false);
    }
  }

  /** A user is seen like this now. */
  void shown(Presence presence) {
    Watched of = all.get(presence.user());
    if (of != null && of.watchers > 0) {
      of.shown(presence);
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
    Watched of = all.get(change.user());
    if (of != null) {
      of.audience.forEach(watch -> watch.doubt(of, change.kind()));
    }
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
