package io.hubbub.chat;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.Change;
import io.hubbub.api.query.ConversationRow;
import io.hubbub.api.query.RowOf;
import io.hubbub.api.query.Rows;
import io.hubbub.chat.Seat.State;
import io.hubbub.chat.protocol.EventJson;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where one session sits: comes and goes with memberships, falls behind and catches up. Confined to
 * the session's event loop.
 */
final class SessionSeats {
  private static final int READING_AT_ONCE = 4;

  private final Session session;
  private final EdgeShard shard;
  private final Map<UUID, Seat> seats = new HashMap<>(8);
  private final Set<Seat> behind = new LinkedHashSet<>(1);
  private final Set<Seat> reading = new HashSet<>(1);
  private final Set<Seat> parked = new LinkedHashSet<>(1);
  private final Map<UUID, Long> joining = new HashMap<>(1);
  private boolean followsAll = true;

  SessionSeats(Session session, EdgeShard shard) {
    this.session = session;
    this.shard = shard;
  }

  /** Whether new conversations become live by themselves. */
  void followsAll(boolean all) {
    followsAll = all;
  }

  @Nullable Seat get(UUID conversation) {
    return seats.get(conversation);
  }

  /** Takes a seat, from a number on or as a summary. */
  Seat sit(UUID id, long from, long validFrom, boolean live) {
    EdgeConversation conversation = shard.conversation(id);
    Seat seat = new Seat(session, conversation, from, validFrom, live);
    seats.put(id, seat);
    conversation.sit(seat);
    return seat;
  }

  /** Takes a seat that is too far behind to be pushed what it lacks: it is told {@code gap}. */
  void sitBehind(UUID id, long from, long validFrom) {
    Seat seat = sit(id, from, validFrom, false);
    seat.conversation.fallBehind(seat, from);
    tellGap(seat);
  }

  /** The same for one that was not among those followed, if the user is in it. */
  void sitBeyond(UUID id, long from) {
    row(id)
        .onSuccess(
            row -> {
              if (session.open() && !seats.containsKey(id)) {
                sitBehind(id, Math.min(from, row.head()), row.head());
              }
            })
        .onFailure(
            failure -> {
              if (isOver(failure)) {
                session.push(EventJson.membership(id, null));
              }
            });
  }

  /** Serves the conversation from a number on, taking a seat where there is none. */
  void resume(UUID id, long from, long head) {
    Seat seat = seats.get(id);
    if (seat == null || seat.state == State.GONE) {
      sit(id, from, head, true);
    } else {
      behind.remove(seat);
      parked.remove(seat);
      seat.conversation.change(seat, from, true);
    }
  }

  /** Serves the conversation as a summary. */
  void pause(UUID id) {
    Seat seat = seats.get(id);
    if (seat != null) {
      behind.remove(seat);
      parked.remove(seat);
      seat.conversation.change(seat, seat.conversation.known(), false);
    }
  }

  /** The session was too slow for a conversation. */
  void behind(Seat seat) {
    behind.add(seat);
  }

  /** The session cannot take the next page of a conversation now. */
  void park(Seat seat) {
    parked.add(seat);
  }

  /**
   * Whether a seat may read pages now. A few of a session do at a time, as each page is kept until
   * it is written; one that may not is parked.
   */
  boolean mayRead(Seat seat) {
    if (reading.contains(seat)) {
      return true;
    }
    if (reading.size() < READING_AT_ONCE && session.roomy()) {
      return reading.add(seat);
    }
    parked.add(seat);
    return false;
  }

  /** A seat reads no more: another may. */
  void readsNoMore(Seat seat) {
    if (reading.remove(seat) && !parked.isEmpty()) {
      session.flushSoon();
    }
  }

  /** In how many conversations it has yet to be sent, or told of, what is there. */
  int behind() {
    return (int)
        seats.values().stream().filter(seat -> seat.gap || seat.state == State.CATCHING_UP).count();
  }

  /** The session can take more again: who was too slow is told, who waited goes on. */
  void drained() {
    while (!parked.isEmpty() && reading.size() < READING_AT_ONCE && session.roomy()) {
      Seat seat = parked.iterator().next();
      parked.remove(seat);
      seat.conversation.drained(seat);
    }
    if (!behind.isEmpty()) {
      List<Seat> all = new ArrayList<>(behind);
      behind.clear();
      all.forEach(this::tellGap);
    }
  }

  private void tellGap(Seat seat) {
    EdgeConversation conversation = seat.conversation;
    row(conversation.id)
        .onSuccess(
            row -> {
              if (seat.gap && seat.state == State.SUMMARY) {
                seat.gap = false;
                long to = Math.max(seat.at + 1, row.head());
                seat.told = to;
                shard.counts().gap();
                session.push(EventJson.gap(conversation.id, seat.at + 1, to, row.unread()));
              }
            })
        .onFailure(
            failure -> {
              if (seat.gap && seat.state == State.SUMMARY && !isOver(failure)) {
                behind.add(seat);
              }
            });
  }

  /** The membership ended with the entry that was handed on last. */
  void left(Seat seat) {
    forget(seat);
    session.push(EventJson.membership(seat.conversation.id, null));
  }

  /** The membership turned out to be over. */
  void removed(Seat seat) {
    seat.conversation.leave(seat);
    left(seat);
  }

  /** A membership of the user changed. Rows may repeat and come late. */
  void changed(Change change) {
    UUID id = change.conversation();
    if (id == null) {
      return;
    }
    Seat seat = seats.get(id);
    if (change.kind() == Change.LEFT && seat != null && change.seq() > seat.validFrom) {
      leaving(seat, change.seq());
    } else if (change.kind() == Change.JOINED) {
      if (seat != null && seat.leavesAt > 0 && change.seq() > seat.leavesAt) {
        removed(seat);
        seat = null;
      }
      if (seat == null) {
        joined(id, change.seq());
      }
    }
  }

  /** A live seat ends with the entry itself, which is on its way; any other ends now. */
  private void leaving(Seat seat, long seq) {
    if (seat.state == State.LIVE && seat.conversation.at() < seq) {
      seat.leavesAt = seq;
      seat.conversation.known(seq, false, 0);
    } else {
      removed(seat);
    }
  }

  /**
   * A seat for a conversation that the user has joined. The membership holds as of the head that
   * its row was read with: who came, went and came again keeps the seat of the first coming.
   */
  private void joined(UUID id, long seq) {
    row(id)
        .onSuccess(
            row -> {
              if (session.open() && !seats.containsKey(id)) {
                session.push(EventJson.membership(id, asOf(row, seq)));
                sit(id, seq, Math.max(seq, row.head()), followsAll);
              }
            })
        .onFailure(
            failure -> {
              if (failure instanceof HubbubException known && known.code().temporary()) {
                joining.put(id, seq);
              }
            });
  }

  /** Time has passed: tries again what failed for a while. */
  void tick() {
    if (!joining.isEmpty()) {
      Map<UUID, Long> again = new HashMap<>(joining);
      joining.clear();
      again.forEach(this::joined);
    }
    if (session.roomy()) {
      drained();
    }
  }

  /** The row as of the join: what came after it is pushed. */
  private static ConversationRow asOf(ConversationRow row, long seq) {
    return new ConversationRow(
        row.id(),
        row.direct(),
        row.name(),
        row.with(),
        row.first(),
        seq,
        row.at(),
        seq,
        0,
        null,
        false,
        row.members());
  }

  /** The conversation as the user sees it. */
  Future<ConversationRow> row(UUID id) {
    return shard
        .port()
        .ask(new RowOf(session.user(), id), Rows.class)
        .map(rows -> rows.rows().get(0));
  }

  /** Leaves all seats. */
  void clear() {
    List<Seat> all = new ArrayList<>(seats.values());
    seats.clear();
    behind.clear();
    parked.clear();
    reading.clear();
    joining.clear();
    all.forEach(seat -> seat.conversation.leave(seat));
  }

  private void forget(Seat seat) {
    behind.remove(seat);
    parked.remove(seat);
    seats.remove(seat.conversation.id, seat);
  }

  private static boolean isOver(Throwable failure) {
    return failure instanceof HubbubException known && known.code() == ErrorCode.NOT_A_MEMBER;
  }
}
