package io.hubbub.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailboxTest {
  @Test
  void aTaskThatFailsHoldsUpNoOther() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      Context context = vertx.getOrCreateContext();
      Mailbox mailbox = new Mailbox(context);
      List<Integer> seen = new ArrayList<>();
      CountDownLatch all = new CountDownLatch(1);
      // All are posted before the first is run, so that one turn finds them together.
      context.runOnContext(
          go -> {
            mailbox.post(
                () -> {
                  throw new IllegalStateException("meant to fail");
                });
            for (int i = 0; i < 5_000; i++) {
              int number = i;
              mailbox.post(() -> seen.add(number));
            }
            mailbox.post(all::countDown);
          });
      assertTrue(all.await(10, TimeUnit.SECONDS));
      assertEquals(IntStream.range(0, 5_000).boxed().toList(), seen);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }
}
