package io.hubbub.api.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.Histories;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TailTest {
  private record Heavy(long seq, int weight) implements Numbered {}

  @Test
  void whatItGivesReachesTheNewestWithoutAHoleOrItGivesNothing() {
    Histories.each(
        1_000,
        random -> {
          int most = 1 + random.nextInt(20);
          int bytes = 1 + random.nextInt(100);
          Tail<Heavy> tail = new Tail<>(most, bytes);
          long head = random.nextInt(100);
          for (int i = 0; i < 100; i++) {
            head += random.nextInt(20) == 0 ? 1 + random.nextInt(5) : 0;
            List<Heavy> run = new ArrayList<>();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
              run.add(new Heavy(++head, 1 + random.nextInt(30)));
            }
            tail.add(run);
            long after = Math.max(0, head + 2 - random.nextInt(30));
            List<Heavy> given = tail.after(after);
            int weight = 0;
            for (int n = 0; n < given.size(); n++) {
              assertEquals(after + 1 + n, given.get(n).seq());
              weight += given.get(n).weight();
            }
            assertTrue(given.size() <= most && (given.size() == 1 || weight <= bytes));
            if (!given.isEmpty()) {
              assertEquals(head, given.get(given.size() - 1).seq());
            }
            assertEquals(1, tail.after(head - 1).size(), "the newest is always held");
          }
        });
  }
}
