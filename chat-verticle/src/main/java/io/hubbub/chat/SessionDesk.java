package io.hubbub.chat;

import io.hubbub.api.query.EdgeSession;
import io.hubbub.api.query.EndSessions;
import io.hubbub.api.query.ListSessions;
import io.hubbub.api.query.Query;
import io.hubbub.api.query.ReadSeats;
import io.hubbub.api.query.Seats;
import io.hubbub.api.query.Sessions;
import io.hubbub.chat.SessionRegistry.Held;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells administrators which sessions are here, and ends those that they name. Each session is
 * looked at on its own event loop. Safe from any thread.
 */
final class SessionDesk {
  private static final int MOST = 1_000;

  private final SessionRegistry registry;
  private final List<EdgeShard> shards;

  /**
   * Of a node.
   *
   * @param shards the node's event loops; more may come
   */
  SessionDesk(SessionRegistry registry, List<EdgeShard> shards) {
    this.registry = registry;
    this.shards = shards;
  }

  /** Answers a question about sessions; false for one about anything else. */
  boolean answer(Message<?> message, Query query) {
    if (query instanceof ListSessions list) {
      list(list).onSuccess(message::reply);
    } else if (query instanceof EndSessions end) {
      end(end).onSuccess(message::reply);
    } else if (query instanceof ReadSeats seats) {
      seated(seats).onSuccess(message::reply);
    } else {
      return false;
    }
    return true;
  }

  /** A page of sessions. */
  private Future<Sessions> list(ListSessions query) {
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
  private Future<Sessions> end(EndSessions query) {
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

  /** Who sits in a conversation. */
  private Future<Seats> seated(ReadSeats query) {
    List<Future<Set<Long>>> asked = new ArrayList<>();
    for (EdgeShard shard : shards) {
      asked.add(on(shard, () -> shard.seated(query.conversation())));
    }
    return Future.join(asked)
        .map(
            done -> {
              Set<Long> users = new HashSet<>();
              asked.forEach(each -> users.addAll(each.result()));
              return new Seats(List.copyOf(users));
            });
  }

  /** What each session says on its own event loop; those that have ended meanwhile say nothing. */
  private static Future<List<EdgeSession>> each(List<Held> all, Look look) {
    List<Future<@Nullable EdgeSession>> asked = new ArrayList<>();
    for (Held held : all) {
      Session session = held.session();
      asked.add(on(held.shard(), () -> session.open() ? look.at(session) : null));
    }
    return Future.join(asked)
        .map(done -> asked.stream().map(Future::result).filter(Objects::nonNull).toList());
  }

  /** What is found on a shard's event loop. */
  private static <T extends @Nullable Object> Future<T> on(EdgeShard shard, Supplier<T> look) {
    Promise<T> promise = Promise.promise();
    shard.post(() -> promise.complete(look.get()));
    return promise.future();
  }

  private interface Look {
    EdgeSession at(Session session);
  }
}
