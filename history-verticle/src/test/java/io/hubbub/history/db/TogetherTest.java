package io.hubbub.history.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.history.db.Together.Asked;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Questions that come together are asked together, and none is forgotten. */
class TogetherTest {
  private final List<List<Asked<Integer, Integer>>> batches = new ArrayList<>();
  private final List<Promise<Void>> ends = new ArrayList<>();
  private final Together<Integer, Integer> together = new Together<>(2, 3, 4, this::work);

  private Future<Void> work(List<Asked<Integer, Integer>> batch) {
    Promise<Void> end = Promise.promise();
    batches.add(batch);
    ends.add(end);
    return end.future();
  }

  private List<Integer> batch(int index) {
    return batches.get(index).stream().map(Asked::question).toList();
  }

  private void answer(int index) {
    batches.get(index).forEach(asked -> asked.answer().complete(asked.question() * 10));
    ends.get(index).complete();
  }

  @Test
  void whatComesWhileAllAreBusyWaitsTogetherUpToABound() {
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      answers.add(together.ask(i));
    }
    assertEquals(List.of(List.of(0), List.of(1)), List.of(batch(0), batch(1)));
    HubbubException refused = assertInstanceOf(HubbubException.class, answers.get(6).cause());
    assertEquals(ErrorCode.OVERLOADED, refused.code());
    answer(1);
    assertEquals(List.of(2, 3, 4), batch(2));
    assertEquals(10, answers.get(1).result());
    assertFalse(answers.get(0).isComplete());
    answer(0);
    assertEquals(List.of(5), batch(3));
    answer(2);
    answer(3);
    assertTrue(answers.subList(0, 6).stream().allMatch(Future::succeeded));
    together.ask(9);
    assertEquals(List.of(9), batch(4), "at once again");
  }

  @Test
  void aBatchThatFailsFailsWhatItLeftOpenAndTheNextGoesOn() {
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      answers.add(together.ask(i));
    }
    answer(0);
    batches.get(2).get(1).answer().complete(77);
    ends.get(2).fail(new HubbubException(ErrorCode.UNAVAILABLE, "away"));
    assertEquals("away", answers.get(2).cause().getMessage());
    assertEquals(77, answers.get(3).result());
    assertEquals(List.of(5), batch(3));
    ends.get(3).complete();
    assertInstanceOf(HubbubException.class, answers.get(5).cause());
  }

  @Test
  void aQuestionThatSpoilsItsBatchFailsAlone() {
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      answers.add(together.ask(i));
    }
    answer(0);
    batches.get(2).get(0).answer().complete(77);
    ends.get(2).fail("bad text");
    assertEquals(List.of(List.of(3), List.of(4)), List.of(batch(3), batch(4)), "what is open");
    ends.get(3).fail("bad text");
    answer(4);
    assertEquals(77, answers.get(2).result());
    assertEquals("bad text", answers.get(3).cause().getMessage());
    assertEquals(40, answers.get(4).result());
    answer(1);
    together.ask(9);
    together.ask(10);
    assertEquals(List.of(List.of(9), List.of(10)), List.of(batch(5), batch(6)), "two at a time");
  }

  @Test
  void workThatThrowsIsAFailedBatch() {
    Together<Integer, Integer> broken =
        new Together<>(
            1,
            1,
            1,
            batch -> {
              throw new IllegalStateException("broken");
            });
    assertEquals("broken", broken.ask(1).cause().getMessage());
    assertEquals("broken", broken.ask(2).cause().getMessage());
  }
}
