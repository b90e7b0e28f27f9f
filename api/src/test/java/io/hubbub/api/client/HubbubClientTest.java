package io.hubbub.api.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.cluster.Homes;
import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.View;
import io.hubbub.api.cluster.Views;
import io.hubbub.api.hub.HubOptions;
import io.hubbub.api.link.LinkOptions;
import io.hubbub.api.log.Entry;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HubbubClientTest {
  private static final UUID ROOM = new UUID(3, 4);
  private static final String SELF = "service~000001";
  private static final LinkOptions LINK = new LinkOptions(20, 1 << 20, 30, 5);
  private static final ClientOptions OPTIONS = digestsEvery(20);

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Random random = new Random(Long.getLong("hubbub.seed", 1));
  private final ModelLog log = new ModelLog();
  private final List<ModelHome> homes = new ArrayList<>();
  private final Views views = new Views(view("one~1", "two~2"));

  private static ClientOptions digestsEvery(long millis) {
    return new ClientOptions(
        new HubOptions(8 << 20, 2_000, 200, 50, millis, 10_000, LINK),
        20,
        4_000,
        10,
        5,
        50,
        30_000);
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  private static View view(String... histories) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Node(SELF, Set.of(Role.SERVICE), false));
    for (String history : histories) {
      nodes.add(new Node(history, Set.of(Role.HISTORY), false));
    }
    return new View(SELF, nodes, false);
  }

  private HubbubClient connect() throws Exception {
    return connect(OPTIONS);
  }

  private HubbubClient connect(ClientOptions options) throws Exception {
    return await(
        onContext(
            () -> {
              for (String id : List.of("one~1", "two~2")) {
                homes.add(new ModelHome(vertx, random, id, SELF, LINK, log));
              }
              return HubbubClient.connect(
                  vertx, SELF, views, new SimpleMeterRegistry(), "greeter", options);
            }));
  }

  /** Homes come, go and forget, some times a second. */
  private void makeTrouble() {
    vertx.setPeriodic(
        70,
        timer -> {
          int what = random.nextInt(5);
          if (what == 0) {
            homes.get(random.nextInt(2)).forgetEverything();
          } else {
            views.update(
                what == 1 ? view("one~1") : what == 2 ? view("two~2") : view("one~1", "two~2"));
          }
        });
  }

  private Future<Void> say(HubbubClient client, String who, int from, int to, List<Receipt> all) {
    if (from > to) {
      return Future.succeededFuture();
    }
    String key = who + "-" + from;
    return client
        .sendSurely(ROOM, key, key)
        .compose(
            receipt -> {
              all.add(receipt);
              assertEquals(key, log.entries.get((int) receipt.seq() - 1).body());
              return say(client, who, from + 1, to, all);
            });
  }

  @Test
  void whateverHomesDoEveryMessageIsThereOnceAndFollowedOnceAndInOrder() throws Exception {
    HubbubClient client = connect();
    List<Entry> heard = new ArrayList<>();
    List<Receipt> receipts = new ArrayList<>();
    Promise<Void> all = Promise.promise();
    await(
        onContext(
            () -> {
              makeTrouble();
              client.follow(
                  ROOM,
                  0,
                  entry -> {
                    heard.add(entry);
                    if (heard.size() == 300) {
                      all.complete();
                    }
                    return random.nextInt(3) > 0 ? Future.succeededFuture() : vertx.timer(1);
                  });
              return Future.all(
                  say(client, "ada", 1, 100, receipts),
                  say(client, "bob", 1, 100, receipts),
                  say(client, "cy", 1, 100, receipts));
            }));
    await(all.future());
    assertEquals(300, receipts.size());
    assertEquals(log.entries, heard);
    assertEquals(300, heard.size());
  }

  @Test
  void aHomeThatIsSilentThoughInViewHoldsUpNeitherSendersNorReaders() throws Exception {
    fails(home -> home.mute(true), home -> home.mute(false));
  }

  @Test
  void aHomeThatHasLostTheDatabaseHoldsUpNeitherSendersNorReaders() throws Exception {
    fails(home -> home.able(false), home -> home.able(true));
  }

  private void fails(Consumer<ModelHome> begin, Consumer<ModelHome> end) throws Exception {
    HubbubClient client = connect();
    List<Entry> heard = new ArrayList<>();
    Promise<Void> all = Promise.promise();
    await(
        onContext(
            () -> {
              client.follow(
                  ROOM,
                  0,
                  entry -> {
                    heard.add(entry);
                    if (heard.size() == 40) {
                      all.complete();
                    }
                    return Future.succeededFuture();
                  });
              return say(client, "before", 1, 20, new ArrayList<>());
            }));
    boolean first = "one~1".equals(Homes.of(views.current(), Role.HISTORY).of(ROOM));
    ModelHome home = homes.get(first ? 0 : 1);
    await(
        onContext(
            () -> {
              begin.accept(home);
              return say(client, "after", 1, 20, new ArrayList<>());
            }));
    await(all.future());
    assertEquals(log.entries, heard);
    List<Receipt> receipts = new ArrayList<>();
    await(
        onContext(
            () -> {
              end.accept(home);
              return say(client, "again", 1, 20, receipts);
            }));
    assertEquals(20, receipts.size());
  }

  @Test
  void aLogThatWentBackAndPassesWhereItWasIsNotTakenForItsContinuation() throws Exception {
    HubbubClient client = connect(digestsEvery(1_000));
    homes.forEach(ModelHome::sound);
    List<String> heard = new ArrayList<>();
    Promise<Void> all = Promise.promise();
    Subscription following =
        client.follow(
            ROOM,
            0,
            entry -> {
              heard.add(entry.key());
              if (heard.size() == 20) {
                all.complete();
              }
              return Future.succeededFuture();
            });
    await(onContext(() -> say(client, "old", 1, 20, new ArrayList<>())));
    await(all.future());
    await(
        onContext(
            () -> {
              log.goBack(5, "second");
              List<Future<?>> atOnce = new ArrayList<>();
              for (int i = 1; i <= 40; i++) {
                atOnce.add(client.sendSurely(ROOM, "new-" + i, "of another log"));
              }
              return Future.all(atOnce);
            }));
    assertEquals(ErrorCode.GONE, refusal(following.ended()));
    assertEquals(20, heard.size(), () -> "of another log: " + heard.subList(20, heard.size()));
    assertEquals(45, log.entries.size());
  }

  @Test
  void whatWasSentAtOnceKeepsItsOrderAcrossHomes() throws Exception {
    HubbubClient client = connect();
    List<Receipt> receipts = new ArrayList<>();
    await(
        onContext(
            () -> {
              makeTrouble();
              return wave(client, 1, receipts);
            }));
    for (int i = 1; i <= 200; i++) {
      assertEquals("k" + i, log.entries.get(i - 1).key());
    }
    assertEquals(200, receipts.size());
  }

  /** Ten messages at once, and soon after ten more, without waiting for answers. */
  private Future<Void> wave(HubbubClient client, int first, List<Receipt> receipts) {
    List<Future<?>> sent = new ArrayList<>();
    for (int i = first; i < first + 10; i++) {
      sent.add(client.sendSurely(ROOM, "k" + i, "number " + i).onSuccess(receipts::add));
    }
    if (first < 191) {
      sent.add(
          vertx
              .timer(20, TimeUnit.MILLISECONDS)
              .compose(now -> wave(client, first + 10, receipts)));
    }
    return Future.all(sent).mapEmpty();
  }

  @Test
  void textThatNoHomeCouldKeepIsRefusedBeforeItIsSent() throws Exception {
    HubbubClient client = connect();
    assertEquals(ErrorCode.BAD_TEXT, refusal(client.send(ROOM, "k", "a\0b")));
    assertEquals(ErrorCode.BAD_TEXT, refusal(client.send(ROOM, "k", "\ud800")));
    assertEquals(ErrorCode.BAD_REQUEST, refusal(client.send(ROOM, "", "hello")));
    assertEquals(ErrorCode.BAD_REQUEST, refusal(client.send(ROOM, "é".repeat(33), "hello")));
    assertEquals(ErrorCode.TOO_LARGE, refusal(client.send(ROOM, "k", "x".repeat(65_537))));
    assertTrue(log.entries.isEmpty());
  }

  @Test
  void conversationsAreThoseOfWhomeverIsAskedFor() throws Exception {
    HubbubClient client = connect();
    homes.forEach(ModelHome::sound);
    assertEquals("greeter after c1", await(client.conversations("c1")).cursor());
    assertEquals("ann after null", await(client.conversationsOf("ann", null)).cursor());
  }

  private static ErrorCode refusal(Future<?> future) {
    ExecutionException failure =
        assertThrows(ExecutionException.class, () -> await(future), "it should be refused");
    return assertInstanceOf(HubbubException.class, failure.getCause()).code();
  }

  private <T> Future<T> onContext(Supplier<? extends Future<T>> work) {
    Promise<T> result = Promise.promise();
    context.runOnContext(now -> work.get().onComplete(result));
    return result.future();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(40, TimeUnit.SECONDS);
  }
}
