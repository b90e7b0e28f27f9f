package io.hubbub.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.bus.BusCodecs;
import io.hubbub.api.link.Acked;
import io.hubbub.api.link.Delivered;
import io.hubbub.api.link.EdgeLinks;
import io.hubbub.api.link.Item;
import io.hubbub.api.link.Known;
import io.hubbub.api.link.Link;
import io.hubbub.api.link.LinkOptions;
import io.hubbub.api.link.Marked;
import io.hubbub.api.link.ReadMoved;
import io.hubbub.api.link.Typing;
import io.hubbub.api.log.Entry;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.Kind;
import io.hubbub.api.log.Outcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An edge that does not keep up loses entries it can pull, and nothing else. */
class EdgeLinksTest {
  @Test
  void answersStayInOrderAndEntriesBecomeTheHighestHead() {
    Seeds.each(
        1_000,
        random -> {
          List<Item> waiting = new ArrayList<>();
          List<Item> answers = new ArrayList<>();
          Map<UUID, Long> heads = new HashMap<>();
          for (int i = random.nextInt(40); i > 0; i--) {
            Item item = item(random);
            waiting.add(item);
            if (item instanceof Delivered some) {
              long head = some.entries().get(some.entries().size() - 1).seq();
              heads.merge(some.conversation(), head, Math::max);
            } else if (item instanceof Known known && !known.answer()) {
              heads.merge(known.conversation(), known.head(), Math::max);
            } else if (!(item instanceof Typing) && !(item instanceof ReadMoved)) {
              answers.add(item);
            }
          }
          List<Item> kept = HeadsOnly.of(waiting);
          assertEquals(answers, kept.subList(0, answers.size()));
          Map<UUID, Long> told = new HashMap<>();
          for (Item item : kept.subList(answers.size(), kept.size())) {
            Known known = (Known) item;
            assertEquals(false, known.answer());
            assertEquals(null, told.put(known.conversation(), known.head()), "one head each");
          }
          assertEquals(heads, told);
          assertEquals(kept, HeadsOnly.of(kept), "nothing more goes the second time");
        });
  }

  @Test
  void theNumberOfMembersIsNotForgotten() {
    UUID room = new UUID(1, 1);
    Item entries = new Delivered(room, List.of(entry(4)), 12, "");
    Item head = new Known(room, 5, false, 0);
    assertEquals(List.of(new Known(room, 5, false, 12)), HeadsOnly.of(List.of(entries, head)));
  }

  @Test
  void moreHeadsThanFitAreNotLookedThroughForEachThatComes() throws Exception {
    Vertx vertx = Vertx.vertx();
    BusCodecs.register(vertx.eventBus());
    try {
      SimpleMeterRegistry metrics = new SimpleMeterRegistry();
      EdgeLinks edges =
          new EdgeLinks(
              vertx, "home", Link.DELIVERIES, LinkOptions.DEFAULT, 10_000, HeadsOnly::of, metrics);
      CountDownLatch done = new CountDownLatch(1);
      vertx.runOnContext(
          now -> {
            for (int i = 0; i < 20_000; i++) {
              edges.offer("edge", new Known(new UUID(2, i), 1, false, 0));
            }
            done.countDown();
          });
      assertTrue(done.await(60, TimeUnit.SECONDS), "in time");
      double shrunk = metrics.counter("hubbub.deliveries.shrunk", "link", Link.DELIVERIES).count();
      assertTrue(shrunk > 1 && shrunk < 40, () -> "looked through " + shrunk + " times");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  private static Item item(Random random) {
    UUID id = new UUID(1, random.nextInt(3));
    long number = 1L + random.nextInt(50);
    return switch (random.nextInt(8)) {
      case 0 -> new Acked(number, Outcome.appended(number, 1, 0, false));
      case 1 -> new Acked(number, Outcome.failed(ErrorCode.GONE, "gone"));
      case 2 -> new Marked(number, 0, number, 0);
      case 3 -> new Known(id, number, true, 3);
      case 4 -> new Known(id, number, false, 0);
      case 5 -> new Typing(id, "u", true);
      case 6 -> new ReadMoved(id, "u", 1, 1, 0, 2, false);
      default -> {
        List<Entry> entries = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
          entries.add(entry(number + entries.size()));
        }
        yield new Delivered(id, entries, 3, "");
      }
    };
  }

  private static Entry entry(long seq) {
    return new Entry(seq, Kind.MESSAGE, "u", 1, "k" + seq, 0, 0, "x", null);
  }
}
