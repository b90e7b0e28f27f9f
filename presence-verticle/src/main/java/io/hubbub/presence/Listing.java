package io.hubbub.presence;

import io.hubbub.api.presence.Presence;
import io.hubbub.api.presence.SessionInfo;
import io.hubbub.api.query.ListOnline;
import io.hubbub.api.query.Online;
import io.hubbub.api.query.OnlineSession;
import io.hubbub.api.query.OnlineUser;
import java.util.ArrayList;
import java.util.List;

/** Answers who is there, from what a home knows. Pure; times are monotonic milliseconds. */
final class Listing {
  private static final int MOST_USERS = 1_000;

  /** One question looks at so many users: where few fit, the page is short, and goes on. */
  private static final int MOST_LOOKED_AT = 10_000;

  private Listing() {}

  /** A page of users with sessions. */
  static Online page(UserHome home, ListOnline query, long now) {
    int limit = Math.max(1, Math.min(MOST_USERS, query.limit()));
    boolean begun = query.after().compareTo(query.prefix()) >= 0;
    List<OnlineUser> found = new ArrayList<>();
    String last = "";
    int looked = 0;
    for (HomeUser user :
        home.users().tailMap(begun ? query.after() : query.prefix(), !begun).values()) {
      if (!user.id.startsWith(query.prefix())) {
        break;
      }
      if (found.size() == limit || looked == MOST_LOOKED_AT) {
        return new Online(found, last);
      }
      looked++;
      last = user.id;
      Presence state = user.state;
      if (state != null
          && !user.leases.isEmpty()
          && (query.status() == null || query.status() == state.status())) {
        found.add(online(home, user, state, now));
      }
    }
    return new Online(found, "");
  }

  /** One user with all sessions. */
  static Online one(UserHome home, String id, long now) {
    HomeUser user = home.users().get(id);
    Presence state = user == null ? null : user.state;
    return user == null || state == null || user.leases.isEmpty()
        ? new Online(List.of(), "")
        : new Online(List.of(online(home, user, state, now)), "");
  }

  private static OnlineUser online(UserHome home, HomeUser user, Presence state, long now) {
    List<OnlineSession> sessions = new ArrayList<>();
    user.leases.forEach(
        (edge, held) -> {
          long ended = held.live() ? 0 : Math.max(1, now - held.endedAt());
          long heard = Math.max(0, now - home.heardAt(edge));
          for (SessionInfo session : held.lease().sessions()) {
            sessions.add(new OnlineSession(edge, session, ended, heard));
          }
        });
    return new OnlineUser(user.id, state.status(), user.chosen, sessions);
  }
}
