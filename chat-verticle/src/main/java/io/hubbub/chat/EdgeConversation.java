package io.hubbub.chat;

import io.hubbub.api.log.Follower;
import io.hubbub.api.query.Page;
import io.hubbub.chat.Seat.State;
import io.hubbub.chat.protocol.EventJson;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as one event loop of this edge sees it: one follower of its log, and the seats of
 * the sessions here. What the follower hands on goes to every live seat; a seat that is behind
 * catches up beside it and goes live in the turn in which it meets it.
 */
final class EdgeConversation implements Follower.Port<Line> {
  /** What a conversation asks of its event loop. */
  interface Port {
    /** Reads a page that several may share; says which of the users are members. */
    Future<Page> read(UUID id, long after, List<String> users);

    /** Nobody is left in a conversation. */
    void drop(EdgeConversation conversation);

    /** A conversation keeps entries for those who may come; it may be told to forget them. */
    void keeps(CatchUp catchUp);

    /** It keeps none any more. */
    void keepsNoMore(CatchUp catchUp);

    /** Seats in summary are to be told a new head, with the next tick. */
    void headMoved(EdgeConversation conversation);
  }

  final UUID id;
  private final Port shard;
  private final CatchUp catchUp;
  private final List<Seat> live = new ArrayList<>(1);
  private final List<Seat> others = new ArrayList<>(1);
  private @Nullable Follower<Line> follower;
  private long heard;
  private int members;

  EdgeConversation(UUID id, Port shard) {
    this.id = id;
    this.shard = shard;
    this.catchUp = new CatchUp(this, shard);
  }

  /** The number up to which everything was handed on; 0 before the home has answered. */
  long at() {
    Follower<Line> known = follower;
    return known == null ? 0 : known.at();
  }

  /** The highest number heard of. */
  long known() {
    Follower<Line> known = follower;
    return known == null ? heard : known.known();
  }

  /** How many members there are, 0 where unknown. */
  int members() {
    return members;
  }

  boolean isEmpty() {
    return live.isEmpty() && others.isEmpty();
  }

  /** The seats that are told what everybody may know, such as who types. */
  void eachSeat(Consumer<Seat> action) {
    live.forEach(action);
    others.forEach(action);
  }

  /** Adds a seat; it begins as soon as the home has answered. */
  void sit(Seat seat) {
    others.add(seat);
    if (follower != null) {
      begin(seat);
    }
  }

  /** Takes a seat away. */
  void leave(Seat seat) {
    if (seat.state == State.LIVE) {
      live.remove(seat);
    } else {
      others.remove(seat);
      catchUp.drop(seat);
    }
    seat.state = State.GONE;
    if (isEmpty()) {
      catchUp.forgetKept();
      shard.drop(this);
    }
  }

  /** Serves a seat from a number on, or only its head. */
  void change(Seat seat, long from, boolean wantsLive) {
    if (seat.state == State.GONE) {
      return;
    }
    if (seat.state == State.LIVE) {
      live.remove(seat);
      others.add(seat);
    }
    catchUp.drop(seat);
    seat.state = State.WAITING;
    seat.gap = false;
    seat.at = from;
    seat.wantsLive = wantsLive;
    if (follower != null) {
      begin(seat);
    }
  }

  /** The session was too slow: its seat is told heads only, and {@code gap} when it drains. */
  void fallBehind(Seat seat, long at) {
    if (seat.state == State.LIVE) {
      live.remove(seat);
      others.add(seat);
    }
    catchUp.drop(seat);
    seat.state = State.SUMMARY;
    seat.at = at;
    seat.told = at;
    seat.gap = true;
  }

  /** A session that was catching up can take more again. */
  void drained(Seat seat) {
    if (seat.state == State.CATCHING_UP) {
      catchUp.add(seat);
    }
  }

  /** The home has answered, or somebody says how far the log reaches. */
  void known(long head, boolean answer, int size) {
    members = size > 0 ? size : members;
    heard = Math.max(heard, head);
    Follower<Line> following = follower;
    if (following == null && answer) {
      following = new Follower<>(head, this);
      follower = following;
      for (Seat seat : List.copyOf(others)) {
        begin(seat);
      }
    }
    if (following != null) {
      following.known(heard);
    }
  }

  /** Entries have come from the home. */
  void entries(List<Line> lines, int size) {
    members = size > 0 ? size : members;
    heard = Math.max(heard, lines.get(lines.size() - 1).seq());
    if (follower != null) {
      follower.entries(lines);
    }
  }

  /** A second has passed. */
  void tick() {
    if (follower != null) {
      follower.tick();
    }
    catchUp.tick();
  }

  /** Tells the seats in summary how far the log reaches. */
  void tellHeads() {
    long head = known();
    @Nullable Buffer line = null;
    for (Seat seat : others) {
      if (seat.state == State.SUMMARY && !seat.gap && seat.told < head) {
        line = line == null ? EventJson.head(id, head) : line;
        if (seat.session.offerEphemeral(line)) {
          seat.told = head;
        } else {
          shard.headMoved(this);
        }
      }
    }
  }

  @Override
  public void deliver(List<Line> run) {
    int from = 0;
    for (int i = 0; i < run.size(); i++) {
      if (!run.get(i).left().isEmpty()) {
        hand(run.subList(from, i + 1));
        removeMembers(run.get(i));
        from = i + 1;
      }
    }
    if (from < run.size()) {
      hand(run.subList(from, run.size()));
    }
    catchUp.delivered(run);
    if (!others.isEmpty()) {
      shard.headMoved(this);
    }
  }

  @Override
  public void pull(long after) {
    shard
        .read(id, after, List.of())
        .onComplete(
            page -> {
              Follower<Line> following = follower;
              if (following == null) {
                return;
              }
              if (page.succeeded()) {
                following.pulled(Line.of(id, page.result().entries()));
              } else {
                following.pullFailed();
              }
            });
  }

  /** A seat has met the live end. */
  void goLive(Seat seat) {
    others.remove(seat);
    live.add(seat);
    seat.state = State.LIVE;
  }

  private void begin(Seat seat) {
    if (seat.state != State.WAITING) {
      return;
    }
    if (!seat.wantsLive) {
      seat.state = State.SUMMARY;
      shard.headMoved(this);
    } else if (seat.at == at()) {
      goLive(seat);
    } else if (seat.at > at()) {
      seat.state = State.CATCHING_UP;
      catchUp.addAhead(seat);
      known(seat.at, false, 0);
    } else {
      seat.state = State.CATCHING_UP;
      catchUp.add(seat);
    }
  }

  /** The hot path: one insert into a queue for each session, of bytes that all of them share. */
  private void hand(List<Line> run) {
    if (live.isEmpty()) {
      return;
    }
    Buffer joined = Line.join(run);
    long before = run.get(0).seq() - 1;
    @Nullable List<Seat> slow = null;
    for (int i = 0; i < live.size(); i++) {
      Seat seat = live.get(i);
      if (!seat.session.offer(joined)) {
        slow = slow == null ? new ArrayList<>() : slow;
        slow.add(seat);
      }
    }
    if (slow != null) {
      slow.forEach(seat -> fallBehind(seat, before));
      slow.forEach(seat -> seat.session.behind(seat));
    }
  }

  private void removeMembers(Line line) {
    removeMembers(live, line);
    removeMembers(others, line);
    if (isEmpty()) {
      catchUp.forgetKept();
      shard.drop(this);
    }
  }

  private void removeMembers(List<Seat> seats, Line line) {
    Iterator<Seat> each = seats.iterator();
    while (each.hasNext()) {
      Seat seat = each.next();
      if (line.seq() > seat.validFrom && line.left().contains(seat.session.user())) {
        each.remove();
        catchUp.drop(seat);
        seat.state = State.GONE;
        seat.session.left(seat);
      }
    }
  }
}
