package io.hubbub.history;

import io.hubbub.api.cluster.Slots;
import io.hubbub.api.link.Append;
import io.hubbub.api.link.Interest;
import io.hubbub.api.link.InterestReset;
import io.hubbub.api.link.Item;
import io.hubbub.api.link.LinkBatch;
import io.hubbub.api.link.Mark;
import io.hubbub.api.link.Typing;
import io.hubbub.api.node.DatabaseClock;
import java.util.List;

/**
 * Takes what edges send to this home: each command goes to the lane of its conversation, with the
 * deadline that its sending fixes, as a node that was paused reads old batches late; the edge's
 * next batch comes when all of this one is answered. Confined to the home's context.
 */
final class Receipt {
  private final Home home;
  private final List<Lane> lanes;
  private final MarkQueue marks;
  private final InterestReader interest;
  private final DatabaseClock clock;
  private final long deadlineMillis;

  Receipt(
      Home home,
      List<Lane> lanes,
      MarkQueue marks,
      InterestReader interest,
      DatabaseClock clock,
      long deadlineMillis) {
    this.home = home;
    this.lanes = lanes;
    this.marks = marks;
    this.interest = interest;
    this.clock = clock;
    this.deadlineMillis = deadlineMillis;
  }

  void take(LinkBatch batch, boolean anew, Runnable done) {
    Countdown countdown = new Countdown(done);
    long now = clock.now();
    long since = batch.sent() > 0 ? Math.min(batch.sent(), now) : now;
    long deadline = since + deadlineMillis;
    String edge = batch.from();
    try {
      for (Item item : batch.items()) {
        if (item instanceof Append append) {
          int lane = Slots.of(append.command().conversation()) % lanes.size();
          lanes
              .get(lane)
              .add(new Waiting(edge, append.id(), append.command(), deadline, countdown.another()));
        } else if (item instanceof Mark mark) {
          marks.add(edge, mark, countdown.another());
        } else if (item instanceof Interest wish) {
          if (wish.on()) {
            home.interested().add(edge, wish.conversation());
            interest.ask(edge, wish.conversation());
          } else {
            home.interested().remove(edge, wish.conversation());
          }
        } else if (item instanceof InterestReset) {
          home.interested().reset(edge);
        } else if (item instanceof Typing typing) {
          home.typing(typing);
        } else {
          throw new IllegalStateException("a delivery came to a home: " + item);
        }
      }
    } finally {
      lanes.forEach(Lane::pump);
    }
    countdown.ready();
  }

  /** Runs something once all of several have ended. */
  private static final class Countdown {
    private final Runnable done;
    private int open = 1;

    Countdown(Runnable done) {
      this.done = done;
    }

    Runnable another() {
      open++;
      return this::ready;
    }

    void ready() {
      if (--open == 0) {
        done.run();
      }
    }
  }
}
