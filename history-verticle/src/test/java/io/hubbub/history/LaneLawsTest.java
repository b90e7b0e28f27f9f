package io.hubbub.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.log.Command;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.Kind;
import io.hubbub.api.log.Outcome;
import io.hubbub.api.node.DatabaseClock;
import io.hubbub.history.ScriptedLog.Step;
import io.hubbub.history.db.Appended;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A lane answers every command once, in order, whatever the database does. */
class LaneLawsTest {
  private static final UUID ROOM = new UUID(1, 1);
  private static Vertx vertx;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() throws Exception {
    get(vertx.close());
  }

  @Test
  void oneBatchIsInFlightAndWhatComesMeanwhileIsTheNext() throws Exception {
    Stage stage = new Stage(10);
    stage.play(
        10,
        () -> {
          for (int i = 0; i < 10; i++) {
            stage.add("k" + i, "x");
          }
          assertFalse(stage.lane.idle());
        });
    assertEquals(List.of(1, 9), stage.log.calls.stream().map(List::size).toList());
    assertEquals(1, stage.log.most);
    stage.checkOrder();
    assertTrue(stage.lane.idle());
    assertEquals(0, stage.log.closed);
  }

  @Test
  void aBatchOfUnknownOutcomeGoesAgainWithTheSameKeysAndIsAckedOnce() throws Exception {
    Stage stage = new Stage(3);
    stage.log.script.add(Step.COMMITS);
    stage.log.script.add(Step.BREAKS_AFTER_COMMIT);
    stage.log.script.add(Step.BREAKS_BEFORE_COMMIT);
    stage.play(5, () -> List.of("a", "b", "c", "d", "e").forEach(key -> stage.add(key, "x")));
    List<String> second = List.of("b", "c", "d");
    assertEquals(
        List.of(List.of("a"), second, second, second, List.of("e")),
        stage.log.calls,
        "nothing overtakes it");
    stage.checkOrder();
    assertTrue(stage.answer("b").duplicate(), "it was committed the first time");
    assertEquals(3, stage.log.opened);
    assertEquals(2, stage.log.closed, "a broken connection is dropped");
  }

  @Test
  void onlyTheGuiltyIsRefused() throws Exception {
    Stage stage = new Stage(100);
    stage.play(8, () -> List.of("a", "b", "!c", "d", "e", "f", "!g", "h").forEach(stage::add));
    stage.checkOrder();
    stage.answers.forEach(
        (key, outcome) ->
            assertEquals(key.startsWith("!") ? ErrorCode.BAD_TEXT : null, outcome.error(), key));
    assertEquals(List.of("a", "b", "d", "e", "f", "h"), List.copyOf(stage.log.log.keySet()));
    assertEquals(1, stage.log.opened, "a refusal is no broken connection");
  }

  @Test
  void whatComesTooLateIsGivenBackWithAllThatWaitsBehindIt() throws Exception {
    Stage stage = new Stage(3);
    stage.log.script.add(Step.COMMITS);
    stage.log.script.add(Step.COMES_TOO_LATE);
    stage.play(7, () -> List.of("a", "b", "c", "d", "e", "f", "g").forEach(stage::add));
    assertEquals(List.of("a"), List.copyOf(stage.answers.keySet()));
    assertEquals(List.of("b", "c", "d", "e", "f", "g"), stage.expired);
    assertTrue(stage.lane.idle());
    stage.play(8, () -> stage.add("h"));
    assertEquals(2, stage.answer("h").seq(), "the lane goes on");
  }

  @Test
  void partsOfASplitBatchThatComeTooLateAreGivenBackToo() throws Exception {
    Stage stage = new Stage(4);
    // The first call is alone; the batch of four is split, its first half done, the second late.
    stage.log.script.addAll(List.of(Step.COMMITS, Step.COMMITS, Step.COMMITS, Step.COMES_TOO_LATE));
    stage.play(6, () -> List.of("a", "b", "c", "d", "!e", "f").forEach(stage::add));
    assertEquals(List.of("a", "b", "c"), List.copyOf(stage.answers.keySet()));
    assertEquals(List.of("d", "!e", "f"), stage.expired);
  }

  @Test
  void aLogThatWentBackIsNoticedBeforeAnythingGoesOn() throws Exception {
    Stage stage = new Stage(1);
    stage.log.script.addAll(
        List.of(Step.COMMITS, Step.COMMITS, Step.BREAKS_BEFORE_COMMIT, Step.BREAKS_BEFORE_COMMIT));
    stage.log.holds = false;
    stage.play(3, () -> List.of("a", "b", "c").forEach(stage::add));
    assertEquals(List.of(new Witness(ROOM, 2, 1_002)), stage.log.asked, "the last one, once");
    assertEquals(List.of(3), stage.wentBackAfterCalls);
    stage.checkOrder();
  }

  @Test
  void aLogThatHoldsTheWitnessIsTheSameOne() throws Exception {
    Stage stage = new Stage(1);
    stage.log.script.addAll(List.of(Step.COMMITS, Step.BREAKS_AFTER_COMMIT));
    stage.play(2, () -> List.of("a", "b").forEach(stage::add));
    assertEquals(List.of(new Witness(ROOM, 1, 1_001)), stage.log.asked);
    assertEquals(List.of(), stage.wentBackAfterCalls);
  }

  @Test
  void everyCommandIsAnsweredOnceInOrderWhateverHappens() {
    Seeds.each(
        25,
        random -> {
          Stage stage = new Stage(1 + random.nextInt(6));
          for (int i = 0; i < 20; i++) {
            int dice = random.nextInt(12);
            stage.log.script.add(
                dice == 0
                    ? Step.BREAKS_BEFORE_COMMIT
                    : dice == 1 ? Step.BREAKS_AFTER_COMMIT : Step.COMMITS);
          }
          for (int i = random.nextInt(3); i > 0; i--) {
            stage.log.connects.add(random.nextBoolean());
          }
          int all = 30;
          stage.play(
              all,
              () -> {
                for (int i = 0; i < all; i++) {
                  String key = (random.nextInt(8) == 0 ? "!" : "k") + i;
                  if (random.nextBoolean()) {
                    stage.add(key);
                  } else {
                    stage.context.runOnContext(turn -> stage.add(key));
                  }
                }
              });
          assertEquals(1, stage.log.most);
          stage.checkOrder();
          List<String> good = stage.added.stream().filter(key -> !key.startsWith("!")).toList();
          assertEquals(good, List.copyOf(stage.log.log.keySet()), "numbers follow the order");
          for (String key : stage.added) {
            Outcome outcome = stage.answer(key);
            Outcome committed = stage.log.log.get(key);
            assertEquals(committed == null ? 0 : committed.seq(), outcome.seq(), key);
          }
        });
  }

  /** A lane between its log and what it tells the home. */
  private static final class Stage implements Lane.Port {
    final Context context = vertx.getOrCreateContext();
    final ScriptedLog log = new ScriptedLog(context);
    final List<String> added = new ArrayList<>();
    final Map<String, Outcome> answers = new LinkedHashMap<>();
    final List<String> expired = new ArrayList<>();
    final List<Integer> wentBackAfterCalls = new ArrayList<>();
    final Lane lane;
    private Promise<Void> end = Promise.promise();
    private int expected;

    Stage(int rows) {
      lane =
          new Lane(
              vertx,
              log::connect,
              new LaneQueue(rows, 1 << 20),
              new DatabaseClock(),
              new HistoryCounts(new SimpleMeterRegistry()),
              this);
    }

    /** Runs something on the lane's context, until so many commands were dealt with in all. */
    void play(int commands, Runnable what) throws Exception {
      Promise<Void> all = Promise.promise();
      context.runOnContext(
          turn -> {
            end = all;
            expected = commands;
            what.run();
          });
      get(all.future());
      // The lane itself ends its batch after it has told of it.
      Promise<Void> turn = Promise.promise();
      context.runOnContext(now -> turn.complete());
      get(turn.future());
    }

    void add(String key) {
      add(key, key.startsWith("!") ? "\0" : "x");
    }

    void add(String key, String body) {
      added.add(key);
      Command command = new Command(ROOM, null, "u", Kind.MESSAGE, key, 0, 0, body, false);
      lane.add(new Waiting("edge", added.size(), command, Long.MAX_VALUE, () -> {}));
      lane.pump();
    }

    Outcome answer(String key) {
      Outcome outcome = answers.get(key);
      if (outcome == null) {
        throw new AssertionError(key + " was not answered");
      }
      return outcome;
    }

    void checkOrder() {
      assertEquals(added, List.copyOf(answers.keySet()));
    }

    @Override
    public void appended(List<Waiting> batch, List<Appended> results) {
      assertEquals(batch.size(), results.size());
      for (int i = 0; i < batch.size(); i++) {
        String key = batch.get(i).command().key();
        if (answers.put(key, results.get(i).outcome()) != null) {
          end.tryFail(new AssertionError(key + " was answered twice"));
        }
      }
      dealt();
    }

    @Override
    public void expired(List<Waiting> all) {
      all.forEach(waiting -> expired.add(waiting.command().key()));
      dealt();
    }

    @Override
    public Future<Void> wentBack(long lost) {
      assertEquals(log.asked.get(log.asked.size() - 1).at(), lost);
      wentBackAfterCalls.add(log.calls.size());
      return Future.succeededFuture();
    }

    @Override
    public void reachable(boolean reachable, String why) {}

    private void dealt() {
      if (answers.size() + expired.size() == expected) {
        end.tryComplete();
      }
    }
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
