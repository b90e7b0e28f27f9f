package io.hubbub.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hubbub.api.bus.Addresses;
import io.hubbub.api.bus.BusCodecs;
import io.hubbub.api.bus.Digest;
import io.hubbub.api.cluster.View;
import io.hubbub.api.link.Acked;
import io.hubbub.api.link.EdgeLinks;
import io.hubbub.api.link.Item;
import io.hubbub.api.link.Known;
import io.hubbub.api.link.Link;
import io.hubbub.api.link.LinkBatch;
import io.hubbub.api.link.LinkOptions;
import io.hubbub.api.link.LinkReply;
import io.hubbub.api.log.Command;
import io.hubbub.api.log.Kind;
import io.hubbub.api.log.Outcome;
import io.hubbub.api.node.DatabaseClock;
import io.hubbub.history.db.Appended;
import io.hubbub.history.db.HeadRow;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What edges that begin to be interested are told, and what waits while nobody can say it. */
class HomeHeadsTest {
  private static final UUID ROOM = new UUID(1, 1);

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Item> told = new LinkedBlockingQueue<>();
  private final Deque<Promise<List<HeadRow>>> asked = new ArrayDeque<>();
  private final Home home = home();
  private final InterestReader reader = new InterestReader(this::heads, home);

  private Home home() {
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    return new Home(
        "home",
        vertx.eventBus(),
        new EdgeLinks(
            vertx, "home", Link.DELIVERIES, LinkOptions.DEFAULT, 1 << 20, HeadsOnly::of, metrics),
        new HistoryCounts(metrics),
        new DatabaseClock(),
        new View("home", List.of(), false));
  }

  private Future<List<HeadRow>> heads(List<UUID> of) {
    Promise<List<HeadRow>> promise = Promise.promise();
    asked.add(promise);
    return promise.future();
  }

  @BeforeEach
  void listen() {
    BusCodecs.register(vertx.eventBus());
    vertx
        .eventBus()
        .<LinkBatch>consumer(
            Addresses.edge("edge"),
            message -> {
              told.addAll(message.body().items());
              message.reply(new LinkReply(LinkReply.State.DONE));
            });
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void afterTheLogWentBackAnEdgeIsToldItsHeadAndNotThatOfTheFormerOne() throws Exception {
    home.epoch("one");
    want();
    home.interested().touched(ROOM, 100, 2, millis());
    assertEquals(Map.of(ROOM, 100L), digested());
    home.epoch("two");
    assertEquals(Map.of(), digested());
    asked.remove().complete(List.of(new HeadRow(ROOM, 60, 2)));
    assertEquals(new Known(ROOM, 60, true, 2), told.poll(10, TimeUnit.SECONDS));
    home.raise(ROOM, 61);
    assertEquals(new Known(ROOM, 61, false, 0), told.poll(10, TimeUnit.SECONDS));
  }

  @Test
  void aHomeThatHasNotHeardOfTheNewLogDoesNotTellOfTheFormerOneEither() throws Exception {
    want();
    home.interested().touched(ROOM, 100, 2, millis());
    asked.remove().complete(List.of(new HeadRow(ROOM, 60, 2)));
    assertEquals(new Known(ROOM, 60, true, 2), told.poll(10, TimeUnit.SECONDS));
  }

  @Test
  void whatWasDoneByATryWhoseAnswerWasLostIsToldOfWhenItIsFoundToBeDone() throws Exception {
    want();
    asked.remove().complete(List.of(new HeadRow(ROOM, 60, 2)));
    assertEquals(new Known(ROOM, 60, true, 2), told.poll(10, TimeUnit.SECONDS));
    Command command = new Command(ROOM, null, "ann", Kind.MESSAGE, "key", 0, 0, "text", false);
    Waiting waiting = new Waiting("edge", 7, command, Long.MAX_VALUE, () -> {});
    Outcome outcome = Outcome.appended(61, 1, 0, true);
    home.appended(List.of(waiting), List.of(new Appended(outcome, null, 61, 2, false)));
    assertEquals(new Acked(7, outcome), told.poll(10, TimeUnit.SECONDS), "the answer goes first");
    assertEquals(new Known(ROOM, 61, false, 0), told.poll(10, TimeUnit.SECONDS));
  }

  @Test
  void aHeadThatOnlyAnEdgeWhichComesNowIsToldOfIsToldToTheOthersToo() throws Exception {
    want();
    asked.remove().complete(List.of(new HeadRow(ROOM, 60, 2)));
    assertEquals(new Known(ROOM, 60, true, 2), told.poll(10, TimeUnit.SECONDS));
    home.interested().add("later", ROOM);
    home.answerInterest("later", ROOM, 61, 2);
    assertEquals(new Known(ROOM, 61, false, 0), told.poll(10, TimeUnit.SECONDS));
  }

  @Test
  void interestToldAgainAndAgainWhileTheDatabaseIsAwayWaitsOnce() {
    for (int i = 0; i < 100; i++) {
      want();
    }
    assertEquals(1, reader.waiting(), "besides the one that is being read");
    asked.remove().fail("away");
    assertEquals(1, reader.waiting());
    home.interested().reset("edge");
    reader.tick();
    assertEquals(0, reader.waiting(), "nobody wants it any more");
  }

  private void want() {
    home.interested().add("edge", ROOM);
    reader.ask("edge", ROOM);
    reader.ask("edge", ROOM);
  }

  private Map<UUID, Long> digested() {
    return home.compare(new Digest("edge", 0, 0), true).heads();
  }

  private static long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
