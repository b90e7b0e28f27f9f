package io.hubbub.api.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.Histories;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FollowerTest {
  private record Numeral(long seq) implements Numbered {
    @Override
    public int weight() {
      return 1;
    }
  }

  /** A log that grows, a bus that loses, doubles and mixes up, and pages that fail. */
  private static final class World implements Follower.Port<Numeral> {
    private final Random random;
    private final Follower<Numeral> follower;
    private final List<Long> delivered = new ArrayList<>();
    private final List<Runnable> onTheWay = new ArrayList<>();
    private final long start;
    private long head;
    private int pulling;

    World(Random random) {
      this.random = random;
      this.start = random.nextInt(3) * 100L;
      this.head = start + random.nextInt(3);
      this.follower = new Follower<>(start, this);
    }

    @Override
    public void deliver(List<Numeral> entries) {
      assertTrue(!entries.isEmpty());
      entries.forEach(entry -> delivered.add(entry.seq()));
      if (random.nextInt(50) == 0) {
        follower.known(head);
      }
    }

    @Override
    public void pull(long after) {
      assertEquals(1, ++pulling, "one pull at a time");
      onTheWay.add(
          () -> {
            pulling--;
            if (random.nextInt(4) == 0) {
              follower.pullFailed();
            } else {
              follower.pulled(entries(after + 1, Math.min(head, after + 1 + random.nextInt(40))));
            }
          });
    }

    void grow() {
      long from = head + 1;
      head += 1 + random.nextInt(random.nextInt(20) == 0 ? 600 : 5);
      List<Numeral> batch = entries(from, head);
      int copies = random.nextInt(10) < 7 ? 1 : random.nextInt(3);
      for (int i = 0; i < copies; i++) {
        onTheWay.add(() -> follower.entries(batch));
      }
      if (random.nextInt(5) == 0) {
        long told = head;
        onTheWay.add(() -> follower.known(told));
      }
    }

    void step() {
      int what = random.nextInt(10);
      if (what < 4) {
        grow();
      } else if (what < 5) {
        follower.tick();
      } else if (!onTheWay.isEmpty()) {
        boolean next = random.nextInt(3) > 0;
        onTheWay.remove(next ? 0 : random.nextInt(onTheWay.size())).run();
      }
    }

    void settle() {
      Collections.shuffle(onTheWay, random);
      follower.known(head);
      for (int i = 0; !follower.level() || !onTheWay.isEmpty(); i++) {
        assertTrue(i < 100_000, "it never becomes level");
        if (onTheWay.isEmpty()) {
          follower.tick();
        } else {
          onTheWay.remove(0).run();
        }
      }
    }

    private static List<Numeral> entries(long from, long to) {
      List<Numeral> entries = new ArrayList<>();
      for (long seq = from; seq <= to; seq++) {
        entries.add(new Numeral(seq));
      }
      return entries;
    }
  }

  @Test
  void everyEntryIsHandedOnOnceAndInOrderWhateverTheBusDoes() {
    Histories.each(
        2_000,
        random -> {
          World world = new World(random);
          for (int i = random.nextInt(200); i > 0; i--) {
            world.step();
            assertEquals(world.follower.at(), world.start + world.delivered.size());
          }
          world.settle();
          assertEquals(world.head, world.follower.at());
          for (int i = 0; i < world.delivered.size(); i++) {
            assertEquals(world.start + 1 + i, world.delivered.get(i));
          }
          assertEquals(world.head - world.start, world.delivered.size());
        });
  }

  @Test
  void aPullThatBringsNothingNewIsTriedAgainWithTheNextTickOnly() {
    List<Long> pulls = new ArrayList<>();
    Follower<Numeral> follower =
        new Follower<>(
            10,
            new Follower.Port<>() {
              @Override
              public void deliver(List<Numeral> entries) {}

              @Override
              public void pull(long after) {
                pulls.add(after);
              }
            });
    follower.known(20);
    follower.pulled(List.of(new Numeral(15), new Numeral(16)));
    assertEquals(List.of(10L), pulls);
    follower.tick();
    assertEquals(List.of(10L, 10L), pulls);
  }
}
