package io.hubbub.api.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.Histories;
import io.hubbub.api.log.Entry;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.log.Kind;
import io.hubbub.api.query.Page;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FeedTest {
  private static final UUID ROOM = new UUID(1, 2);

  /** A page, and what a follower keeps beyond a hole, of entries of 210 bytes. */
  private static final int MOST_AT_ONCE = (100 + 256) * 210;

  /** A log, a bus that loses and doubles, pages that fail, a handler that takes its time. */
  private static final class World implements Feed.Port {
    private final Random random;
    private final List<Entry> log = new ArrayList<>();
    private final List<Runnable> onTheWay = new ArrayList<>();
    private final List<Promise<Void>> handling = new ArrayList<>();
    private final List<Long> handled = new ArrayList<>();
    private final int holdBytes;
    private final long after;
    private final Feed feed;
    private boolean member = true;
    private boolean over;

    World(Random random) {
      this.random = random;
      for (int i = random.nextInt(300); i > 0; i--) {
        say("old");
      }
      this.after = random.nextInt(log.size() + 1);
      this.holdBytes = 1 + random.nextInt(20_000);
      this.feed = new Feed(ROOM, "me", after, this::handle, holdBytes, this);
      feed.begin();
    }

    private Future<Void> handle(Entry entry) {
      assertFalse(over, "nothing is handed on after the end");
      assertTrue(handling.isEmpty(), "one entry at a time");
      handled.add(entry.seq());
      if (random.nextInt(3) > 0) {
        return Future.succeededFuture();
      }
      Promise<Void> promise = Promise.promise();
      handling.add(promise);
      return promise.future();
    }

    @Override
    public Future<Page> read(UUID conversation, long from) {
      Promise<Page> page = Promise.promise();
      onTheWay.add(
          () -> {
            if (random.nextInt(5) == 0) {
              page.fail(new HubbubException(ErrorCode.UNAVAILABLE, null));
            } else if (!member) {
              page.fail(new HubbubException(ErrorCode.NOT_A_MEMBER, null));
            } else {
              int to = (int) Math.min(log.size(), from + 1 + random.nextInt(100));
              List<Entry> entries = List.copyOf(log.subList((int) Math.min(from, to), to));
              boolean more = to < log.size();
              page.complete(new Page(entries, from + 1, to, log.size(), 1, more, List.of(), 2, ""));
            }
          });
      return page.future();
    }

    @Override
    public void run(Runnable task) {
      onTheWay.add(task);
    }

    @Override
    public void ended(Feed ended) {
      assertFalse(over, "it ends once");
      over = true;
    }

    void say(String body) {
      append(Kind.MESSAGE, body);
    }

    void append(Kind kind, String body) {
      long seq = log.size() + 1L;
      log.add(new Entry(seq, kind, "you", seq, "k" + seq, 0, 0, body, null));
    }

    void step() {
      int what = random.nextInt(12);
      if (what < 4) {
        int from = log.size();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
          say("hello");
        }
        tell(List.copyOf(log.subList(from, log.size())));
      } else if (what < 5) {
        feed.tick();
      } else if (what < 7 && !handling.isEmpty()) {
        handling.remove(0).complete();
      } else if (!onTheWay.isEmpty()) {
        onTheWay.remove(random.nextInt(onTheWay.size())).run();
      }
    }

    private void tell(List<Entry> entries) {
      for (int copies = random.nextInt(10) < 7 ? 1 : random.nextInt(3); copies > 0; copies--) {
        onTheWay.add(() -> feed.entries(entries));
      }
    }

    void settle() {
      feed.known(log.size());
      for (int i = 0; !over && feed.at() < log.size(); i++) {
        assertTrue(i < 100_000, "it never reaches the end");
        if (!handling.isEmpty()) {
          handling.remove(0).complete();
        } else if (!onTheWay.isEmpty()) {
          onTheWay.remove(0).run();
        } else {
          feed.tick();
        }
      }
    }
  }

  private static void inOrder(World world) {
    for (int i = 0; i < world.handled.size(); i++) {
      assertEquals(world.after + 1 + i, world.handled.get(i));
    }
  }

  @Test
  void everyEntryReachesTheHandlerOnceAndInOrder() {
    Histories.each(
        2_000,
        random -> {
          World world = new World(random);
          for (int i = random.nextInt(300); i > 0; i--) {
            world.step();
            long dealt = (long) world.handled.size() - world.handling.size();
            assertTrue(world.feed.at() <= world.after + dealt);
            assertTrue(world.feed.held() < world.holdBytes + MOST_AT_ONCE, "bounded");
          }
          world.settle();
          inOrder(world);
          assertEquals(world.log.size(), world.feed.at());
          assertFalse(world.over);
        });
  }

  @Test
  void aRemovalIsHandedOnAndNothingAfterIt() {
    Histories.each(
        1_000,
        random -> {
          World world = new World(random);
          for (int i = random.nextInt(100); i > 0; i--) {
            world.step();
          }
          world.append(Kind.LEFT, "[\"me\",\"other\"]");
          long left = world.log.size();
          world.member = false;
          for (int i = random.nextInt(5); i > 0; i--) {
            world.say("secret");
          }
          world.tell(List.copyOf(world.log.subList((int) left - 1, world.log.size())));
          for (int i = random.nextInt(100); i > 0; i--) {
            world.step();
          }
          world.settle();
          inOrder(world);
          assertTrue(world.over);
          assertTrue(world.feed.at() <= left, "nothing after the removal");
          assertTrue(world.feed.ended().failed());
        });
  }

  @Test
  void whoWasRemovedAndCameBackGoesOn() {
    Histories.each(
        500,
        random -> {
          World world = new World(random);
          world.append(Kind.LEFT, "[\"me\"]");
          world.append(Kind.JOINED, "[\"me\"]");
          world.say("welcome back");
          for (int i = random.nextInt(50); i > 0; i--) {
            world.step();
          }
          world.settle();
          inOrder(world);
          assertEquals(world.log.size(), world.feed.at());
        });
  }

  @Test
  void aHandlerThatFailsEndsTheSubscriptionAtTheEntryBefore() {
    World world = new World(new Random(3));
    RuntimeException broken = new IllegalStateException("broken");
    Feed feed =
        new Feed(
            ROOM,
            "me",
            world.log.size(),
            entry -> {
              throw broken;
            },
            1_000,
            new Feed.Port() {
              @Override
              public Future<Page> read(UUID conversation, long after) {
                return Future.succeededFuture(
                    new Page(List.of(), after + 1, after, after, 1, false, List.of(), 1, ""));
              }

              @Override
              public void run(Runnable task) {
                task.run();
              }

              @Override
              public void ended(Feed ended) {}
            });
    feed.begin();
    world.say("hello");
    feed.entries(List.of(world.log.get(world.log.size() - 1)));
    assertSame(broken, feed.ended().cause());
    assertEquals(world.log.size() - 1, feed.at());
  }

  @Test
  void nothingIsHandedOnBeforeAPageProvedTheRightToRead() {
    World world = new World(new Random(4));
    world.member = false;
    world.tell(List.copyOf(world.log.subList(0, 1)));
    world.settle();
    assertTrue(world.over);
    assertEquals(List.of(), world.handled);
  }
}
