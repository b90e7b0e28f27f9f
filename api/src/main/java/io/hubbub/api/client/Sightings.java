package io.hubbub.api.client;

import io.hubbub.api.presence.Presence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The users that a client watches, each told to the homes once, and who hears of them. Confined to
 * the client's context.
 */
final class Sightings {
  private static final class Seen {
    private final List<PresenceHandler> handlers = new ArrayList<>(1);
    private @Nullable Presence known;
  }

  private final Map<String, Seen> users = new HashMap<>();
  private final BiConsumer<String, Boolean> watch;

  /**
   * Nobody yet.
   *
   * @param watch tells the homes that a user is, or is no longer, watched
   */
  Sightings(BiConsumer<String, Boolean> watch) {
    this.watch = watch;
  }

  void add(String user, PresenceHandler handler) {
    Seen seen = users.get(user);
    if (seen == null) {
      seen = new Seen();
      users.put(user, seen);
      watch.accept(user, true);
    }
    seen.handlers.add(handler);
    Presence known = seen.known;
    if (known != null) {
      handler.seen(known);
    }
  }

  void remove(String user, PresenceHandler handler) {
    Seen seen = users.get(user);
    if (seen != null && seen.handlers.remove(handler) && seen.handlers.isEmpty()) {
      users.remove(user);
      watch.accept(user, false);
    }
  }

  void shown(Presence presence) {
    Seen seen = users.get(presence.user());
    Presence now = presence.toOthers();
    if (seen != null && !now.equals(seen.known)) {
      seen.known = now;
      List.copyOf(seen.handlers).forEach(handler -> handler.seen(now));
    }
  }
}
