package io.hubbub.chat;

import io.hubbub.api.presence.Presence;
import io.hubbub.chat.protocol.EventJson;
import io.vertx.core.buffer.Buffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user that sessions of one event loop ask for: how it is seen, and what is told of it, encoded
 * once for all. Confined to the event loop.
 */
final class Watched {
  final String user;

  /** Who asks for the user or watches it. Without an object for each, as these are many. */
  final Set<SessionWatch> audience = Collections.newSetFromMap(new IdentityHashMap<>(2));

  /** How many of them may watch the user, and do. */
  int watchers;

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

  /** The user is seen like this now. */
  void shown(Presence presence) {
    Presence before = own;
    if (presence.equals(before)) {
      return;
    }
    boolean others = before == null || !before.toOthers().equals(presence.toOthers());
    own = presence;
    ownLine = null;
    line = others ? null : line;
    object = others ? null : object;
    for (SessionWatch session : audience.toArray(SessionWatch[]::new)) {
      if (others || session.user().equals(user)) {
        session.changed(this);
      }
    }
  }

  /** Nobody watches the user: what was known of it grows old. */
  void forget() {
    own = null;
    ownLine = null;
    line = null;
    object = null;
  }
}
