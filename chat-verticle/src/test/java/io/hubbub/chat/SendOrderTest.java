package io.hubbub.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.log.ErrorCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Later commands do not overtake one that was refused for now. */
class SendOrderTest {
  private static final UUID ROOM = new UUID(1, 1);

  /** A client that sends again what was refused, in order, and a server that refuses at random. */
  @Test
  void aClientThatRetriesInOrderHasItsCommandsTakenInOrder() {
    Seeds.each(
        1_000,
        random -> {
          SendOrder order = new SendOrder();
          List<Integer> taken = new ArrayList<>();
          Set<Integer> givenUp = new HashSet<>();
          int next = 0;
          while (next < 15) {
            // All that are open go out at once; those that are refused are sent again.
            int first = next;
            for (int i = first; i < 15; i++) {
              String key = "k" + i;
              ErrorCode earlier = order.check(ROOM, key);
              if (earlier == null && random.nextInt(4) == 0) {
                order.refuse(ROOM, key, ErrorCode.OVERLOADED);
              } else if (earlier == null) {
                taken.add(i);
                next = i + 1;
              } else {
                assertEquals(ErrorCode.OVERLOADED, earlier);
              }
            }
            if (next < 15 && random.nextInt(10) == 0) {
              order.giveUp(ROOM, "k" + next);
              givenUp.add(next++);
            }
          }
          List<Integer> all = new ArrayList<>();
          for (int i = 0; i < 15; i++) {
            if (!givenUp.contains(i)) {
              all.add(i);
            }
          }
          assertEquals(all, taken);
        });
  }

  @Test
  void onlyTheFirstRefusedKeyOpensItsConversation() {
    SendOrder order = new SendOrder();
    UUID other = new UUID(2, 2);
    order.refuse(ROOM, "a", ErrorCode.OVERLOADED);
    order.refuse(ROOM, "b", ErrorCode.UNAVAILABLE);
    assertNull(order.check(other, "b"), "each conversation for itself");
    assertEquals(ErrorCode.OVERLOADED, order.check(ROOM, "b"));
    order.giveUp(ROOM, "b");
    assertNotNull(order.check(ROOM, "c"), "giving up another key opens nothing");
    assertNull(order.check(ROOM, "a"));
    assertNull(order.check(ROOM, "b"));
  }

  @Test
  void aKeyWhoseOtherCopyWasDoneHandsItsPlaceToTheNextOne() {
    SendOrder order = new SendOrder();
    order.refuse(ROOM, "a", ErrorCode.OVERLOADED);
    assertNotNull(order.check(ROOM, "b"));
    order.done(ROOM, "x");
    assertNotNull(order.check(ROOM, "c"), "another key changes nothing");
    order.done(ROOM, "a");
    assertNotNull(order.check(ROOM, "d"), "no later one overtakes b");
    assertNull(order.check(ROOM, "b"));
    assertNull(order.check(ROOM, "d"));
    order.refuse(ROOM, "m", ErrorCode.OVERLOADED);
    assertNotNull(order.check(ROOM, "n"));
    assertNotNull(order.check(ROOM, "o"));
    order.done(ROOM, "m");
    order.done(ROOM, "n");
    assertNotNull(order.check(ROOM, "p"), "several copies done: no later one overtakes o");
    assertNull(order.check(ROOM, "o"));
    order.refuse(ROOM, "e", ErrorCode.OVERLOADED);
    order.done(ROOM, "e");
    assertNull(order.check(ROOM, "f"), "nobody waited for it");
  }

  @Test
  void whatIsRememberedIsBounded() {
    SendOrder order = new SendOrder();
    for (int i = 0; i <= SendOrder.MOST; i++) {
      order.refuse(new UUID(9, i), "k", ErrorCode.OVERLOADED);
    }
    assertNull(order.check(new UUID(9, 0), "later"), "the oldest is forgotten");
    for (int i = 1; i <= SendOrder.MOST; i++) {
      assertNotNull(order.check(new UUID(9, i), "later"));
    }
  }

  @Test
  void keysAreBoundedOverAllConversationsTogether() {
    SendOrder order = new SendOrder();
    UUID other = new UUID(2, 2);
    order.refuse(ROOM, "first", ErrorCode.OVERLOADED);
    for (int i = 0; i < 2 * SendOrder.KEYS; i++) {
      assertNotNull(order.check(ROOM, "key " + i));
    }
    order.refuse(other, "a", ErrorCode.OVERLOADED);
    assertNotNull(order.check(other, "b"), "the first of a conversation counts in any case");
    order.done(other, "a");
    assertNotNull(order.check(other, "c"), "b was one too many to be remembered, and still waits");
    assertNull(order.check(other, "a"), "who was told that nobody knows sends it again");
    assertNull(order.check(other, "b"));
    assertNull(order.check(other, "c"));
    order.giveUp(ROOM, "first");
    order.refuse(other, "a", ErrorCode.OVERLOADED);
    assertNotNull(order.check(other, "b"));
    order.done(other, "a");
    assertNotNull(order.check(other, "c"), "there is room again");
  }

  /**
   * A burst that had waited in a node's buffers: more is refused than can be remembered, while old
   * copies of what had been sent before are done after all. Found by PausedHomeTest.
   */
  @Test
  void afterMoreWasRefusedThanIsRememberedNothingOvertakes() {
    Seeds.each(
        200,
        random -> {
          SendOrder order = new SendOrder();
          int conversations = 1 + random.nextInt(3);
          int each = 1_500;
          for (int i = 0; i < conversations; i++) {
            order.refuse(new UUID(1, i), "k0", ErrorCode.UNKNOWN_OUTCOME);
          }
          for (int key = 1; key < each; key++) {
            for (int i = 0; i < conversations; i++) {
              assertNotNull(order.check(new UUID(1, i), "k" + key));
              if (random.nextInt(50) == 0) {
                order.done(new UUID(1, i), "k" + random.nextInt(key));
              }
            }
          }
          for (int i = 0; i < conversations; i++) {
            UUID conversation = new UUID(1, i);
            assertNotNull(order.check(conversation, "k" + each), "later ones wait");
            int begun = 0;
            while (order.check(conversation, "k" + begun) != null) {
              begun++;
            }
            assertTrue(begun < each, "what was refused opens it again");
            for (int key = begun; key <= each; key++) {
              assertNull(order.check(conversation, "k" + key));
            }
          }
        });
  }
}
