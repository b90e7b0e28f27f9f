package io.hubbub.chat;

import io.hubbub.api.query.ConversationRow;
import io.hubbub.api.query.FindMentions;
import io.hubbub.api.query.FriendState;
import io.hubbub.api.query.FriendsSince;
import io.hubbub.api.query.Friendship;
import io.hubbub.api.query.Friendships;
import io.hubbub.api.query.ListConversations;
import io.hubbub.api.query.ListUnread;
import io.hubbub.api.query.Mentions;
import io.hubbub.api.query.Query;
import io.hubbub.api.query.Rows;
import io.hubbub.chat.protocol.EventJson;
import io.hubbub.chat.sse.EventStream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a listener is told about unread messages: in the beginning all that is unread, and what has
 * changed since the place that the client names; from then on what moves, read from the database
 * from the last place on and not again before some time has passed. While the client does not read
 * nothing is asked for. Confined to the session's event loop.
 */
final class UnreadCounts {
  private static final int ROWS = 100;

  /** What is told in the beginning; the client asks REST for more. */
  private static final int FIRST = 200;

  /** Of one reading, the conversations that are looked through for mentions. */
  private static final int LOOKED_THROUGH = 50;

  /** What the client knows when it begins: read before, told after the head. */
  private record Beginning(Friendships friends, Rows unread, Set<UUID> mentioned) {}

  private final Vertx vertx;
  private final EdgeShard shard;
  private final String user;
  private @Nullable String place;
  private @Nullable String told;
  private @Nullable Beginning beginning;
  private @Nullable EventStream stream;
  private boolean moved;
  private boolean asking;
  private boolean waiting;
  private boolean over;
  private long notBefore;

  /**
   * From a place on.
   *
   * @param place as an earlier event named it; null, or one that is not good, is now
   */
  UnreadCounts(Vertx vertx, EdgeShard shard, String user, @Nullable String place) {
    this.vertx = vertx;
    this.shard = shard;
    this.user = user;
    this.place = place;
  }

  /**
   * Reads what is told first, so that what cannot be read is said before the stream begins. The
   * place comes first, so that nothing is older than it.
   */
  Future<Void> prepare() {
    return ask(new ListUnread(user, place, FIRST), Rows.class)
        .compose(
            unread ->
                ask(new FriendsSince(user, place, FIRST), Friendships.class)
                    .compose(
                        friends ->
                            mentions(unread.rows())
                                .map(mentioned -> new Beginning(friends, unread, mentioned))))
        .map(
            read -> {
              beginning = read;
              return null;
            });
  }

  /** Tells what there is, and from now on what moves. */
  void begin(EventStream to) {
    stream = to;
    moved = true; // What has moved since the rows were read is not told as a head.
    Beginning known = beginning;
    beginning = null;
    if (known != null) {
      for (Friendship each : known.friends().friendships()) {
        FriendState state = FriendState.ofCode(each.state());
        to.event("friend", EventJson.friend(each.other(), state), null);
      }
      if (known.friends().more()) {
        to.event("friend", EventJson.friends(), null);
      }
      place = known.unread().cursor();
      tell(to, known.unread().rows(), known.mentioned(), place);
    }
    look();
  }

  /** Something may have changed about the user's conversations. */
  void moved() {
    moved = true;
    look();
  }

  /** Asks, if there is something to ask, room for the answer, and it is time. */
  void look() {
    EventStream to = stream;
    if (to == null || over || asking || waiting || !moved || to.full()) {
      return;
    }
    long wait = notBefore - now();
    if (wait > 0) {
      waiting = true;
      vertx.setTimer(
          wait,
          later -> {
            waiting = false;
            look();
          });
      return;
    }
    asking = true;
    notBefore = now() + shard.watching().unreadMillis();
    changes(to).onComplete(this::answered);
  }

  private Future<Void> changes(EventStream to) {
    moved = false;
    return ask(new ListConversations(user, place, ROWS), Rows.class)
        .compose(rows -> mentions(rows.rows()).map(mentioned -> changed(to, rows, mentioned)))
        .onFailure(failure -> moved = true);
  }

  private @Nullable Void changed(EventStream to, Rows rows, Set<UUID> mentioned) {
    if (rows.more()) {
      moved = true;
      notBefore = 0;
    }
    // The place before: what friends did since may not have been told yet. Rows may repeat.
    tell(to, rows.rows(), mentioned, place);
    place = rows.cursor();
    return null;
  }

  private void answered(Object done) {
    asking = false;
    look();
  }

  /** Tells of rows, and then a place before which all has been told. */
  private void tell(
      EventStream to, List<ConversationRow> rows, Set<UUID> mentioned, @Nullable String end) {
    if (over) {
      return;
    }
    for (ConversationRow row : rows) {
      to.event("unread", EventJson.unread(row, mentioned.contains(row.id())), null);
    }
    if (end != null && !end.equals(told)) {
      told = end;
      to.event("place", Buffer.buffer("{}"), end);
    }
    to.flush();
  }

  /** In which of the conversations unread the user is named. */
  private Future<Set<UUID>> mentions(List<ConversationRow> rows) {
    List<UUID> unread =
        rows.stream()
            .filter(row -> row.unread() > 0)
            .map(ConversationRow::id)
            .limit(LOOKED_THROUGH)
            .toList();
    return unread.isEmpty()
        ? Future.succeededFuture(Set.of())
        : ask(new FindMentions(user, unread), Mentions.class)
            .map(found -> new HashSet<>(found.conversations()));
  }

  private <T> Future<T> ask(Query query, Class<T> answer) {
    return shard.port().ask(query, answer);
  }

  /** The session has ended. */
  void end() {
    over = true;
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
