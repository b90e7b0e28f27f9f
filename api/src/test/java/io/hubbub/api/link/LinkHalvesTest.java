package io.hubbub.api.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.Histories;
import io.hubbub.api.link.LinkReceiver.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LinkHalvesTest {
  /** A sender and a receiver with a network between them that loses, doubles, delays and mixes. */
  private static final class World {
    private final Random random;
    private final LinkSender sender;
    private final List<Runnable> onTheWay = new ArrayList<>();
    private LinkReceiver receiver = new LinkReceiver();
    private @Nullable LinkBatch working;
    private long offered;
    private long reached;
    private long next = 1;

    World(Random random) {
      this.random = random;
      this.sender = new LinkSender(1 + random.nextInt(5), 96 * (1 + random.nextInt(5)));
    }

    void step() {
      int what = random.nextInt(20);
      if (what < 5) {
        offer();
      } else if (what < 7) {
        ask();
      } else if (what < 10) {
        finish();
      } else if (what == 10 && random.nextInt(4) == 0) {
        receiver = new LinkReceiver();
        working = null;
      } else if (what == 11 && random.nextInt(4) == 0) {
        receiver.forget("sender", "lane");
      } else if (!onTheWay.isEmpty()) {
        onTheWay.remove(random.nextInt(onTheWay.size())).run();
      }
    }

    void offer() {
      sender.offer(new Mark(++offered, new UUID(0, 0), "u", 0, 0));
      sendNext();
    }

    void sendNext() {
      List<Item> batch = sender.next();
      if (batch != null) {
        send(batch);
      }
    }

    /** The reply is late: asks what became of the batch. */
    void ask() {
      if (!sender.inFlight().isEmpty()) {
        send(List.of());
      }
    }

    void send(List<Item> items) {
      LinkBatch batch =
          new LinkBatch("sender", "lane", sender.incarnation(), sender.number(), items, 0);
      for (int copies = copies(); copies > 0; copies--) {
        onTheWay.add(() -> arrive(batch));
      }
    }

    void arrive(LinkBatch batch) {
      Verdict verdict = receiver.receive(batch);
      if (verdict == Verdict.TAKE || verdict == Verdict.TAKE_ANEW) {
        LinkBatch before = working;
        if (before != null && verdict == Verdict.TAKE) {
          assertTrue(!receiver.current(before), "one batch at a time");
        }
        take(batch, verdict == Verdict.TAKE_ANEW);
      } else {
        reply(batch, verdict);
      }
    }

    void take(LinkBatch batch, boolean anew) {
      long first = ((Mark) batch.items().get(0)).id();
      assertTrue(first <= reached + 1, "nothing is left out");
      if (!anew) {
        assertEquals(next, first, "in order within a life of the link");
      }
      next = first;
      for (Item item : batch.items()) {
        assertEquals(next++, ((Mark) item).id());
      }
      reached = Math.max(reached, next - 1);
      working = batch;
    }

    void finish() {
      LinkBatch batch = working;
      if (batch != null) {
        working = null;
        boolean current = receiver.current(batch);
        receiver.done(batch);
        reply(batch, current ? Verdict.DONE : Verdict.UNKNOWN);
      }
    }

    void reply(LinkBatch batch, Verdict verdict) {
      for (int copies = copies(); copies > 0; copies--) {
        onTheWay.add(() -> heard(batch.incarnation(), batch.number(), verdict));
      }
    }

    void heard(long incarnation, long number, Verdict verdict) {
      if (incarnation != sender.incarnation()
          || number != sender.number()
          || sender.inFlight().isEmpty()) {
        return;
      }
      if (verdict == Verdict.DONE) {
        sender.done();
        sendNext();
      } else if (verdict == Verdict.UNKNOWN) {
        send(sender.renew());
      }
    }

    int copies() {
      int chance = random.nextInt(10);
      return chance < 2 ? 0 : chance < 9 ? 1 : 2;
    }

    void settle() {
      for (int i = 0; !sender.idle(); i++) {
        assertTrue(i < 100_000, "it never becomes idle");
        if (!onTheWay.isEmpty()) {
          onTheWay.remove(0).run();
        } else if (working != null) {
          finish();
        } else {
          ask();
        }
      }
    }
  }

  @Test
  void everyItemIsTakenAndInOrderWhateverTheNetworkDoes() {
    Histories.each(
        3_000,
        random -> {
          World world = new World(random);
          for (int i = random.nextInt(300); i > 0; i--) {
            world.step();
          }
          world.settle();
          assertEquals(world.offered, world.reached);
          assertEquals(0, world.sender.waitingBytes());
        });
  }

  @Test
  void aBatchKeepsToItsBoundsAndALargeItemGoesAlone() {
    LinkSender sender = new LinkSender(3, 200);
    for (int i = 1; i <= 7; i++) {
      sender.offer(new Mark(i, new UUID(0, 0), "u", 0, 0));
    }
    assertEquals(2, size(sender.next()), "192 of 200 bytes");
    assertEquals(null, sender.next(), "one batch in flight");
    sender.done();
    sender.rewrite(waiting -> waiting.subList(0, 1));
    assertEquals(96, sender.waitingBytes());
    assertEquals(1, size(sender.next()));
  }

  private static int size(@Nullable List<Item> batch) {
    return batch == null ? 0 : batch.size();
  }
}
