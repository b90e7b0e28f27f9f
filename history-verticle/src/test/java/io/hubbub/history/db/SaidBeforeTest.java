package io.hubbub.history.db;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The same trouble is told now and then, another at once. */
class SaidBeforeTest {
  @Test
  void theSameWordsAreNewsOnceInHalfAMinute() {
    SaidBefore said = new SaidBefore();
    assertTrue(said.isNews("away", 0));
    assertFalse(said.isNews("away", 29_999));
    assertTrue(said.isNews("silent", 29_999));
    assertFalse(said.isNews("silent", 30_000));
    assertTrue(said.isNews("silent", 60_000));
  }
}
