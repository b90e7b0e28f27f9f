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
  private record Beginning(Friendships friends, Rows unread) {}

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
    return shard
        .port()
        .ask(new ListUnread(user, place, FIRST), Rows.class)
        .compose(
            unread ->
                shard
                    .port()
                    .ask(new FriendsSince(user, place, FIRST), Friendships.class)
                    .map(
                        friends -> {
                          beginning = new Beginning(friends, unread);
                          return null;
                        }));
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
      asking = true;
      String begun = known.unread().cursor();
      place = begun;
      tell(to, known.unread().rows(), begun).onComplete(this::answered);
    }
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
    return shard
        .port()
        .ask(new ListConversations(user, place, ROWS), Rows.class)
        .compose(
            rows -> {
              if (rows.more()) {
                moved = true;
                notBefore = 0;
              }
              // The one before: what friends did since may not have been told yet. Rows may repeat.
              String before = place;
              place = rows.cursor();
              return tell(to, rows.rows(), before);
            })
        .onFailure(failure -> moved = true);
  }

  private void answered(Object done) {
    asking = false;
    look();
  }

  /** Tells of rows, those unread first looked through for mentions; then where they end. */
  private Future<Void> tell(EventStream to, List<ConversationRow> rows, @Nullable String end) {
    return mentions(rows)
        .map(
            mentioned -> {
              for (int i = 0; i < rows.size() && !over; i++) {
                ConversationRow row = rows.get(i);
                to.event("unread", EventJson.unread(row, mentioned.contains(row.id())), null);
              }
              if (end != null && !end.equals(told)) {
                told = end;
                to.event("place", Buffer.buffer("{}"), end);
              }
              if (!over) {
                to.flush();
              }
              return null;
            });
  }

  private Future<Set<UUID>> mentions(List<ConversationRow> rows) {
    List<UUID> unread =
        rows.stream()
            .filter(row -> row.unread() > 0)
            .map(ConversationRow::id)
            .limit(LOOKED_THROUGH)
            .toList();
    return unread.isEmpty()
        ? Future.succeededFuture(Set.of())
        : shard
            .port()
            .ask(new FindMentions(user, unread), Mentions.class)
            .map(found -> new HashSet<>(found.conversations()));
  }

  /** The session has ended. */
  void end() {
    over = true;
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
