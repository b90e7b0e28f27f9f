package io.hubbub.chat;

import io.hubbub.api.log.Tail;
import io.hubbub.api.query.Page;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The seats of a conversation that are behind. One page is read at a time, for the one that has
 * waited longest; all others whose place falls into it share it. A seat is handed nothing above
 * what the live end has handed on, and goes live in the turn in which it meets it; the newest
 * entries are held meanwhile, so that it does meet it while others talk fast. A page also says who
 * is still a member: the others' seats end.
 *
 * <p>What was read is kept for some seconds, and grows with what is handed on: when many come back
 * at once, the first one's page serves those who come after it.
 */
final class CatchUp {
  private static final int TAIL_ENTRIES = 256;
  private static final int TAIL_BYTES = 64 << 10;
  private static final int KEPT_SECONDS = 10;

  private final EdgeConversation conversation;
  private final EdgeConversation.Port shard;
  private final Deque<Seat> waiting = new ArrayDeque<>(1);
  private final Set<Seat> parked = new HashSet<>(1);
  private final Set<Seat> ahead = new HashSet<>(1);
  private @Nullable Tail<Line> tail;
  private @Nullable Tail<Line> kept;
  private int keptFor;
  private boolean reading;

  CatchUp(EdgeConversation conversation, EdgeConversation.Port shard) {
    this.conversation = conversation;
    this.shard = shard;
  }

  /** A seat wants the next entries. */
  void add(Seat seat) {
    parked.remove(seat);
    if (servedFromKept(seat)) {
      return;
    }
    if (!seat.session.mayRead(seat)) {
      parked.add(seat);
      return;
    }
    if (!waiting.contains(seat)) {
      waiting.add(seat);
    }
    if (tail == null) {
      tail = new Tail<>(TAIL_ENTRIES, TAIL_BYTES);
    }
    read();
  }

  /** A seat holds more than the live end has handed on: it waits for it. */
  void addAhead(Seat seat) {
    ahead.add(seat);
  }

  /** A seat wants nothing more. */
  void drop(Seat seat) {
    waiting.remove(seat);
    parked.remove(seat);
    ahead.remove(seat);
    seat.session.readsNoMore(seat);
    forgetTail();
  }

  /** The live end has handed these on. */
  void delivered(List<Line> run) {
    Tail<Line> held = tail;
    if (held != null) {
      held.add(run);
    }
    keep(run);
    if (!ahead.isEmpty()) {
      for (Seat seat : List.copyOf(ahead)) {
        meet(seat);
      }
    }
  }

  private void meet(Seat seat) {
    long end = conversation.at();
    if (seat.at <= end) {
      ahead.remove(seat);
      if (seat.at == end) {
        conversation.goLive(seat);
      } else {
        add(seat);
      }
    }
  }

  /** Time has passed: tries again what failed. */
  void tick() {
    if (kept != null && --keptFor <= 0) {
      forgetKept();
    }
    read();
  }

  /** Keeps nothing for those who may come. */
  void forgetKept() {
    if (kept != null) {
      kept = null;
      shard.keepsNoMore(this);
    }
  }

  /** What is handed on belongs to what is kept, unless it makes that look otherwise. */
  private void keep(List<Line> run) {
    Tail<Line> pages = kept;
    if (pages == null) {
      return;
    }
    for (Line line : run) {
      if (line.changes()) {
        forgetKept();
        return;
      }
    }
    pages.add(run);
  }

  /**
   * Keeps a page that was read, where it and what was handed on meanwhile reach the live end.
   * Nobody can be served from another one; and what changes entries may have come after the page
   * was read.
   */
  private void keepPage(List<Line> lines) {
    long end = conversation.at();
    List<Line> pages = new ArrayList<>();
    lines.stream().filter(line -> line.seq() <= end).forEach(pages::add);
    Tail<Line> held = tail;
    if (held != null && !pages.isEmpty()) {
      for (Line line : held.after(pages.get(pages.size() - 1).seq())) {
        if (line.changes()) {
          forgetKept();
          return;
        }
        pages.add(line);
      }
    }
    if (pages.isEmpty() || pages.get(pages.size() - 1).seq() != end || conversation.isEmpty()) {
      return;
    }
    Tail<Line> fresh = new Tail<>(TAIL_ENTRIES, TAIL_BYTES);
    fresh.add(pages);
    kept = fresh;
    keptFor = KEPT_SECONDS;
    shard.keeps(this);
  }

  /**
   * Serves a seat without a question, where what is kept begins at its place and reaches the live
   * end: its membership is known to hold, and a removal since would be among the entries.
   */
  private boolean servedFromKept(Seat seat) {
    Tail<Line> pages = kept;
    if (pages == null || !seat.session.roomy()) {
      return false;
    }
    List<Line> lines = pages.after(seat.at);
    if (lines.isEmpty() || lines.get(lines.size() - 1).seq() != conversation.at()) {
      return false;
    }
    for (Line line : lines) {
      if (line.seq() > seat.validFrom && line.left().contains(seat.session.user())) {
        return false;
      }
    }
    hand(seat, lines);
    seat.session.readsNoMore(seat);
    conversation.goLive(seat);
    return true;
  }

  private void read() {
    Seat first = waiting.peek();
    if (reading || first == null) {
      return;
    }
    reading = true;
    long after = first.at;
    Set<Seat> asked = new HashSet<>(waiting);
    List<String> users = new ArrayList<>();
    for (Seat seat : asked) {
      users.add(seat.session.user());
    }
    shard
        .read(conversation.id, after, users)
        .onComplete(
            page -> {
              reading = false;
              if (page.succeeded()) {
                serve(page.result(), asked);
                if (waiting.peek() != first || first.at != after) {
                  read();
                }
              } else {
                forgetTail();
              }
            });
  }

  /** A seat that came after the question, of a user who was no member then, is not meant by it. */
  private void serve(Page page, Set<Seat> asked) {
    Set<String> members = Set.copyOf(page.members());
    List<Line> lines = Line.of(conversation.id, page.entries());
    long from = page.from();
    long to = lines.isEmpty() ? from - 1 : lines.get(lines.size() - 1).seq();
    for (Seat seat : List.copyOf(waiting)) {
      if (!asked.contains(seat)) {
        continue;
      }
      if (!members.contains(seat.session.user())) {
        waiting.remove(seat);
        seat.session.removed(seat);
      } else if (seat.at >= from - 1 && seat.at <= to) {
        advance(seat, lines);
      }
    }
    keepPage(lines);
    for (Seat seat : List.copyOf(waiting)) {
      if (servedFromKept(seat)) {
        waiting.remove(seat);
      }
    }
    forgetTail();
  }

  /** Hands a seat its part of a page, never above the live end, and then what the tail holds. */
  private void advance(Seat seat, List<Line> lines) {
    waiting.remove(seat);
    long end = conversation.at();
    List<Line> part = new ArrayList<>();
    for (Line line : lines) {
      if (line.seq() > seat.at && line.seq() <= end) {
        part.add(line);
      }
    }
    Tail<Line> held = tail;
    long reached = part.isEmpty() ? seat.at : part.get(part.size() - 1).seq();
    if (held != null) {
      part.addAll(held.after(reached));
    }
    if (!hand(seat, part)) {
      return;
    }
    if (seat.at == end) {
      seat.session.readsNoMore(seat);
      conversation.goLive(seat);
    } else if (seat.session.roomy()) {
      waiting.add(seat);
    } else {
      parked.add(seat);
      seat.session.readsNoMore(seat);
      seat.session.park(seat);
    }
  }

  /** Hands over consecutive lines; false when one of them was the end of the user's membership. */
  private boolean hand(Seat seat, List<Line> part) {
    for (int i = 0; i < part.size(); i++) {
      Line line = part.get(i);
      if (line.seq() > seat.validFrom && line.left().contains(seat.session.user())) {
        seat.session.push(Line.join(part.subList(0, i + 1)));
        conversation.leave(seat);
        seat.session.left(seat);
        return false;
      }
    }
    if (!part.isEmpty()) {
      seat.session.push(Line.join(part));
      seat.at = part.get(part.size() - 1).seq();
    }
    return true;
  }

  private void forgetTail() {
    if (waiting.isEmpty() && parked.isEmpty() && !reading) {
      tail = null;
    }
  }
}
