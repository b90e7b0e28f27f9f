package io.hubbub.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits to be told about friends is bounded, and the newest. */
class FriendNewsTest {
  private final FriendNews news = new FriendNews(() -> Buffer.buffer("all"));
  private final List<String> told = new ArrayList<>();

  private void add(String other, String line) {
    news.add(other, Buffer.buffer(line), 2);
  }

  private void fill(int most) {
    news.fill(
        line -> {
          if (told.size() == most) {
            return false;
          }
          return told.add(line.toString());
        });
  }

  @Test
  void ofEachOnlyTheNewestIsTold() {
    add("ann", "ann 1");
    add("bob", "bob 1");
    add("ann", "ann 2");
    fill(9);
    assertEquals(List.of("bob 1", "ann 2"), told);
    assertFalse(news.waits());
    fill(9);
    assertEquals(2, told.size());
  }

  @Test
  void whatIsNotTakenWaits() {
    add("ann", "ann 1");
    add("bob", "bob 1");
    fill(1);
    assertTrue(news.waits());
    add("ann", "ann 2");
    fill(9);
    assertEquals(List.of("ann 1", "bob 1", "ann 2"), told);
  }

  @Test
  void ofTooManyIsToldThatTheListIsToBeReadAgain() {
    add("ann", "ann 1");
    add("bob", "bob 1");
    add("cat", "cat 1");
    add("ann", "ann 2");
    fill(0);
    assertTrue(news.waits());
    fill(9);
    assertEquals(List.of("all"), told);
    assertFalse(news.waits());
    add("ann", "ann 3");
    fill(9);
    assertEquals(List.of("all", "ann 3"), told);
  }
}
