package io.hubbub.chat;

import io.hubbub.api.query.EdgeSession;
import io.hubbub.api.query.EndSessions;
import io.hubbub.api.query.ListSessions;
import io.hubbub.api.query.Sessions;
import io.hubbub.chat.SessionRegistry.Held;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells administrators which sessions are here, and ends those that they name. Each session is
 * looked at on its own event loop. Safe from any thread.
 */
final class SessionDesk {
  private static final int MOST = 1_000;

  private final SessionRegistry registry;

  SessionDesk(SessionRegistry registry) {
    this.registry = registry;
  }

  /** A page of sessions. */
  Future<Sessions> list(ListSessions query) {
    int limit = Math.max(1, Math.min(MOST, query.limit()));
    List<Held> found =
        query.user().isEmpty()
            ? registry.page(query.afterUser(), query.afterId(), limit + 1)
            : registry.of(query.user()).stream()
                .filter(held -> held.session().id.compareTo(query.afterId()) > 0)
                .sorted(Comparator.comparing(held -> held.session().id))
                .limit(limit + 1L)
                .toList();
    boolean more = found.size() > limit;
    return each(more ? found.subList(0, limit) : found, Session::describe)
        .map(
            sessions -> {
              Session last = more ? found.get(limit - 1).session() : null;
              return last == null
                  ? new Sessions(sessions, false, "", "")
                  : new Sessions(sessions, true, last.user(), last.id);
            });
  }

  /** Ends sessions; those that there were. */
  Future<Sessions> end(EndSessions query) {
    List<Held> all =
        query.user().isEmpty()
            ? registry.find(query.id()).map(List::of).orElse(List.of())
            : registry.of(query.user());
    return each(all, SessionDesk::end).map(ended -> new Sessions(ended, false, "", ""));
  }

  private static EdgeSession end(Session session) {
    EdgeSession last = session.describe();
    session.close(CloseCode.ENDED, CloseCode.ENDED.reason());
    return last;
  }

  /** What each session says on its own event loop; those that have ended meanwhile say nothing. */
  private static Future<List<EdgeSession>> each(List<Held> all, Look look) {
    List<Future<@Nullable EdgeSession>> asked = new ArrayList<>();
    for (Held held : all) {
      Promise<@Nullable EdgeSession> promise = Promise.promise();
      held.shard()
          .post(() -> promise.complete(held.session().open() ? look.at(held.session()) : null));
      asked.add(promise.future());
    }
    return Future.join(asked)
        .map(done -> asked.stream().map(Future::result).filter(Objects::nonNull).toList());
  }

  private interface Look {
    EdgeSession at(Session session);
  }
}
