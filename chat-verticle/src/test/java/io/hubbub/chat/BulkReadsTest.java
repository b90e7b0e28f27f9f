package io.hubbub.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BulkReadsTest {
  private final AtomicBoolean roomy = new AtomicBoolean(true);
  private final BulkReads reads = new BulkReads(roomy::get);
  private final Deque<Promise<String>> asked = new ArrayDeque<>();
  private final AtomicInteger answered = new AtomicInteger();

  private void ask() {
    reads
        .run(
            () -> {
              Promise<String> promise = Promise.promise();
              asked.add(promise);
              return promise.future();
            })
        .onSuccess(answer -> answered.incrementAndGet());
  }

  @Test
  void fewAreReadAtATimeAndNoneWhileAnswersAreNotWritten() {
    for (int i = 0; i < 500; i++) {
      ask();
    }
    assertEquals(4, asked.size());
    roomy.set(false);
    while (!asked.isEmpty()) {
      asked.remove().complete("answer");
    }
    assertEquals(4, answered.get());
    roomy.set(true);
    reads.next();
    while (!asked.isEmpty()) {
      asked.remove().complete("answer");
    }
    assertEquals(500, answered.get());
  }

  @Test
  void oneThatThrowsFailsAlone() {
    Future<String> thrown =
        reads.run(
            () -> {
              throw new IllegalStateException("meant to fail");
            });
    assertTrue(thrown.failed());
    ask();
    asked.remove().complete("answer");
    assertEquals(1, answered.get());
  }
}
