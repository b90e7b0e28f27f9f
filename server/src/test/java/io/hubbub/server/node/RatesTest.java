package io.hubbub.server.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatesTest {
  private final Rates rates = new Rates(2);

  @Test
  void isTheAverageOverTheNewestSteps() {
    rates.sample(1_000, List.of(100.0, 5.0));
    assertEquals(0, rates.perSecond(0));
    rates.sample(2_000, List.of(300.0, 5.0));
    assertEquals(200, rates.perSecond(0));
    assertEquals(0, rates.perSecond(1));
    rates.sample(3_000, List.of(900.0, 6.0));
    assertEquals(400, rates.perSecond(0));
    rates.sample(4_000, List.of(900.0, 6.0));
    assertEquals(300, rates.perSecond(0));
  }

  @Test
  void aCountThatFellIsNoRate() {
    rates.sample(1_000, List.of(100.0));
    rates.sample(2_000, List.of(10.0));
    assertEquals(0, rates.perSecond(0));
  }
}
