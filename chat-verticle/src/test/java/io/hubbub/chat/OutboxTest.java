package io.hubbub.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines leave whole, in order and as few frames as the bound allows. */
class OutboxTest {
  private static final int FRAME = 64;

  @Test
  void linesLeaveInOrderInFramesOfBoundedSize() {
    Seeds.each(
        500,
        random -> {
          Outbox outbox = new Outbox();
          Deque<String> waiting = new ArrayDeque<>();
          List<Buffer> shared = new ArrayList<>();
          List<String> texts = new ArrayList<>();
          for (int step = 0; step < 60; step++) {
            if (random.nextInt(5) > 1) {
              String line = (char) ('a' + step % 26) + "x".repeat(random.nextInt(40) * 2);
              Buffer buffer = Buffer.buffer(line);
              shared.add(buffer);
              texts.add(line);
              outbox.add(buffer);
              waiting.add(line);
            } else if (!outbox.isEmpty()) {
              take(outbox, waiting);
            }
            if (random.nextInt(60) == 0) {
              outbox.clear();
              waiting.clear();
            }
            assertEquals(waiting.isEmpty(), outbox.isEmpty());
            assertEquals(
                waiting.stream().mapToInt(line -> line.length() + 1).sum(), outbox.bytes());
          }
          while (!outbox.isEmpty()) {
            take(outbox, waiting);
          }
          assertEquals(0, outbox.bytes());
          assertEquals(
              texts, shared.stream().map(Buffer::toString).toList(), "shared bytes stay as given");
        });
  }

  private static void take(Outbox outbox, Deque<String> waiting) {
    String frame = outbox.take(FRAME).toString();
    String[] lines = frame.split("\n", -1);
    for (String line : lines) {
      assertEquals(waiting.remove(), line);
    }
    assertTrue(lines.length == 1 || frame.length() <= FRAME, "bounded");
    String next = waiting.peek();
    assertFalse(next != null && frame.length() + 1 + next.length() <= FRAME, "filled");
  }
}
