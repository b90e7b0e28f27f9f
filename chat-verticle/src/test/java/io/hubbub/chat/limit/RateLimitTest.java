package io.hubbub.chat.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Nobody gets more than the burst and what has come back since. */
class RateLimitTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aBurstPassesAndThenSoManyASecond() {
    RateLimit limit = new RateLimit(2, 3, 10);
    for (int i = 0; i < 3; i++) {
      assertEquals(0, limit.take("a", 0));
    }
    assertEquals(500, limit.take("a", 0));
    assertEquals(0, limit.take("b", 0));
    assertEquals(0, limit.take("a", SECOND / 2));
    assertEquals(250, limit.take("a", SECOND * 3 / 4));
  }

  @Test
  void whatIsGivenBackCanBeTakenAgain() {
    RateLimit limit = new RateLimit(0.001, 1, 10);
    assertEquals(0, limit.take("a", 0));
    limit.giveBack("a");
    assertEquals(0, limit.take("a", 0));
    assertTrue(limit.take("a", 0) > 0);
  }

  @Test
  void zeroIsNoLimit() {
    RateLimit limit = new RateLimit(0, 1, 10);
    for (int i = 0; i < 1000; i++) {
      assertEquals(0, limit.take("a", 0));
    }
    assertEquals(0, limit.size());
  }

  @Property
  void neverMoreKeysThanAllowed(@ForAll @Size(max = 200) List<@IntRange(max = 50) Integer> keys) {
    RateLimit limit = new RateLimit(1, 2, 8);
    long now = 0;
    for (int key : keys) {
      limit.take("k" + key, now);
      now += SECOND / 10;
      assertTrue(limit.size() <= 8);
    }
  }

  @Property
  void neverMoreThanTheBurstAndTheRate(
      @ForAll @Size(max = 200) List<@IntRange(max = 300) Integer> pausesMillis) {
    TokenBucket bucket = new TokenBucket(5, 4, 0);
    long now = 0;
    int taken = 0;
    for (int pause : pausesMillis) {
      now += pause * 1_000_000L;
      long wait = bucket.take(now);
      if (wait == 0) {
        taken++;
      } else {
        assertTrue(wait <= 200);
      }
      assertTrue(taken <= 4 + 5.0 * now / SECOND + 1e-6);
    }
  }
}
