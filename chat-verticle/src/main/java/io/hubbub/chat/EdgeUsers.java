package io.hubbub.chat;

import io.hubbub.api.hub.UserHub;
import io.hubbub.api.presence.Chosen;
import io.hubbub.api.presence.Presence;
import io.hubbub.api.presence.SessionInfo;
import io.hubbub.api.presence.Status;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The edge's way to the homes of users: a user is watched once for all event loops, and what comes
 * goes to those that want it. Remembers how each is seen, so that a new home that says the same
 * tells nobody anything. State is touched on the hub's context alone; methods that say so are for
 * any thread.
 */
final class EdgeUsers {
  private static final class Wanted {
    private final List<EdgeShard> shards = new ArrayList<>(1);
    private @Nullable Presence known;
  }

  private final UserHub hub;
  private final Mailbox mailbox;
  private final Map<String, Wanted> wanted = new HashMap<>();

  EdgeUsers(UserHub hub, Mailbox mailbox) {
    this.hub = hub;
    this.mailbox = mailbox;
  }

  /** A session has begun, or something about it has changed. From any thread. */
  void session(String user, SessionInfo session) {
    mailbox.post(() -> hub.session(user, session));
  }

  /** A session has ended. From any thread. */
  void ended(String user, String session) {
    mailbox.post(() -> hub.ended(user, session));
  }

  /** A user has chosen a status. From a shard, which is told how it is kept. */
  Future<Chosen> choose(EdgeShard shard, String user, Status status) {
    Promise<Chosen> made = Promise.promise();
    mailbox.post(
        () -> {
          Chosen chosen = hub.choose(user, status);
          shard.post(() -> made.complete(chosen));
        });
    return made.future();
  }

  /** A shard wants, or no longer wants, to hear of a user. From any thread. */
  void want(EdgeShard shard, String user, boolean on) {
    mailbox.post(() -> wantHere(shard, user, on));
  }

  private void wantHere(EdgeShard shard, String user, boolean on) {
    Wanted known = wanted.get(user);
    if (on) {
      if (known == null) {
        known = new Wanted();
        wanted.put(user, known);
        hub.watch(user, true);
      }
      known.shards.add(shard);
      Presence seen = known.known;
      if (seen != null) {
        shard.post(() -> shard.users().shown(seen));
      }
    } else if (known != null) {
      known.shards.remove(shard);
      if (known.shards.isEmpty()) {
        wanted.remove(user);
        hub.watch(user, false);
      }
    }
  }

  /** The home says how a user is seen. */
  void shown(Presence presence) {
    Wanted known = wanted.get(presence.user());
    if (known != null && !presence.equals(known.known)) {
      known.known = presence;
      known.shards.forEach(shard -> shard.post(() -> shard.users().shown(presence)));
    }
  }
}
