package io.hubbub.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.chat.Seat.State;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session that takes lines as slowly as chance wants, does with its seat what {@link
 * SessionSeats} does, and checks that each entry is the next one and one its user may read.
 */
final class ModelSession implements SeatHolder {
  private static final int MOST = 6;

  private final ModelEdge edge;
  private final String user;
  private final Set<Seat> behind = new LinkedHashSet<>();
  private final Set<Seat> parked = new LinkedHashSet<>();
  private final Set<Seat> reading = new LinkedHashSet<>();
  private @Nullable Seat seat;
  private boolean expects;
  private long next;
  private long memberAsOf;
  private int outbox;
  private boolean crowded;

  ModelSession(ModelEdge edge, String user) {
    this.edge = edge;
    this.user = user;
  }

  @Nullable Seat seat() {
    return seat;
  }

  long next() {
    return next;
  }

  boolean expects() {
    return expects;
  }

  /** Hello or resume, as far as the user may: from a number on, or as a summary. */
  void resume(long from, boolean live) {
    if (!edge.members.contains(user)) {
      return;
    }
    memberAsOf = edge.head();
    Seat known = seat;
    if (known == null) {
      sit(from, edge.head(), live);
    } else {
      behind.remove(known);
      parked.remove(known);
      begin(from, live);
      known.conversation.change(known, live ? from : known.conversation.known(), live);
    }
  }

  private void sit(long from, long validFrom, boolean live) {
    EdgeConversation conversation = edge.conversation();
    Seat fresh = new Seat(this, conversation, from, validFrom, live);
    seat = fresh;
    memberAsOf = Math.max(memberAsOf, validFrom);
    begin(from, live);
    conversation.sit(fresh);
  }

  private void begin(long from, boolean live) {
    next = from + 1;
    expects = live;
  }

  /** The connection ends. */
  void close() {
    Seat known = seat;
    if (known != null) {
      forget();
      known.conversation.leave(known);
    }
    outbox = 0;
  }

  /** A membership changed, as {@link SessionSeats#changed} is told. */
  void changed(ModelEdge.Membership change) {
    Seat known = seat;
    if (!change.user().equals(user)) {
      return;
    }
    if (!change.joined() && known != null && change.seq() > known.validFrom) {
      if (known.state == State.LIVE && known.conversation.at() < change.seq()) {
        known.leavesAt = change.seq();
        known.conversation.known(change.seq(), false, 0);
      } else {
        removed(known);
      }
    } else if (change.joined()) {
      if (known != null && known.leavesAt > 0 && change.seq() > known.leavesAt) {
        removed(known);
      }
      if (seat == null && edge.members.contains(user)) {
        sit(change.seq(), change.seq(), true);
      }
    }
  }

  /** Whether pages of something are being read for it; never for a seat that has ended. */
  boolean reads() {
    return !reading.isEmpty();
  }

  /** The client reads some of what waits; other conversations may read all pages that it may. */
  void drain(int lines, boolean others) {
    crowded = others;
    outbox = Math.max(0, outbox - lines);
    if (!roomy()) {
      return;
    }
    while (!parked.isEmpty() && !crowded && roomy()) {
      Seat one = parked.iterator().next();
      parked.remove(one);
      one.conversation.drained(one);
    }
    List<Seat> slow = new ArrayList<>(behind);
    behind.clear();
    for (Seat one : slow) {
      assertTrue(one.gap && one.state == State.SUMMARY);
      assertEquals(next, one.at + 1, "the gap begins where the entries ended");
      one.gap = false;
      one.told = Math.max(one.at + 1, edge.head());
    }
  }

  @Override
  public boolean visible() {
    return true;
  }

  @Override
  public boolean hides(String other) {
    return false;
  }

  @Override
  public String user() {
    return user;
  }

  @Override
  public boolean offer(Buffer lines) {
    if (outbox > MOST) {
      return false;
    }
    push(lines);
    return true;
  }

  @Override
  public boolean offerEphemeral(Buffer line) {
    if (outbox > MOST / 4) {
      return false;
    }
    outbox++;
    return true;
  }

  @Override
  public void push(Buffer lines) {
    assertNotNull(seat, "entries without a seat");
    assertTrue(expects, "entries to a summary");
    for (String line : lines.toString().split("\n", -1)) {
      long seq = new JsonObject(line).getLong("seq");
      assertEquals(next, seq, "the next entry");
      long left =
          edge.log.stream()
              .filter(entry -> entry.seq() > memberAsOf && entry.seq() < seq)
              .filter(entry -> Line.of(ModelEdge.ID, entry).left().contains(user))
              .count();
      assertEquals(0, left, "nothing after the user's removal");
      next++;
      outbox++;
    }
  }

  @Override
  public boolean roomy() {
    return outbox < MOST / 2;
  }

  @Override
  public void behind(Seat slow) {
    assertEquals(seat, slow);
    assertEquals(next - 1, slow.at, "behind at the number reached");
    assertEquals(State.SUMMARY, slow.state);
    expects = false;
    behind.add(slow);
  }

  @Override
  public boolean mayRead(Seat behind) {
    if (reading.contains(behind)) {
      return true;
    }
    if (!crowded && roomy()) {
      return reading.add(behind);
    }
    parked.add(behind);
    return false;
  }

  @Override
  public void readsNoMore(Seat ended) {
    reading.remove(ended);
  }

  @Override
  public void park(Seat full) {
    assertEquals(seat, full);
    assertFalse(roomy());
    parked.add(full);
  }

  @Override
  public void left(Seat ended) {
    assertEquals(seat, ended);
    assertEquals(State.GONE, ended.state);
    long validFrom = ended.validFrom;
    assertTrue(
        edge.log.stream()
            .filter(entry -> entry.seq() > validFrom)
            .anyMatch(entry -> Line.of(ModelEdge.ID, entry).left().contains(user)),
        "only who was removed since leaves");
    forget();
  }

  @Override
  public void removed(Seat ended) {
    ended.conversation.leave(ended);
    left(ended);
  }

  private void forget() {
    Seat known = seat;
    if (known != null) {
      behind.remove(known);
      parked.remove(known);
    }
    seat = null;
    expects = false;
  }
}
