package io.hubbub.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void theFirstIsAsItIsAndTheNextFollows() {
    Numbers numbers = new Numbers();
    assertEquals(7, numbers.expected(1, 7));
    assertEquals(8, numbers.expected(1, 8));
    assertEquals(9, numbers.expected(1, 11), "a hole");
    assertEquals(12, numbers.expected(1, 11), "a repeat");
    assertEquals(11, numbers.last(1));
    assertEquals(0, numbers.last(2));
  }

  @Test
  void whatBeganIsFollowed() {
    Numbers numbers = new Numbers();
    numbers.begin(1, 0);
    assertEquals(1, numbers.expected(1, 2), "the first one is missing");
    numbers.begin(1, 40);
    assertEquals(41, numbers.expected(1, 41));
  }

  @Test
  void manyConversationsAreKeptApart() {
    Numbers numbers = new Numbers();
    Map<Long, Long> model = new HashMap<>();
    Random random = new Random(3);
    long[] ids = random.longs(5_000).toArray();
    for (int i = 0; i < 50_000; i++) {
      long id = ids[random.nextInt(ids.length)];
      long next = model.merge(id, 1L, Long::sum);
      assertEquals(next, numbers.expected(id, next));
    }
    for (long id : ids) {
      assertEquals(model.getOrDefault(id, 0L), numbers.last(id));
    }
  }
}
