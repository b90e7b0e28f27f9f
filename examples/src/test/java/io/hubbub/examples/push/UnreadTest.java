package io.hubbub.examples.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.log.Entry;
import io.hubbub.api.log.Kind;
import io.hubbub.api.query.ConversationRow;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One push for what is unread while its user is away, in a time of the test's own. */
class UnreadTest {
  private static final UUID TEA = new UUID(1, 1);
  private static final UUID MILK = new UUID(1, 2);
  private static final long AFTER = 1_000;
  private static final PushLimits LIMITS =
      new PushLimits(AFTER, 10, 10, 2, 1, 5, 1_000, 3, 100, 150, 10_000);

  private final Unread unread = new Unread(List.of("ann", "bob"), LIMITS, new Random(1));
  private long now = 1_000_000;

  /** A conversation of messages alone, so that numbers say how many. */
  private static ConversationRow row(UUID id, long head, long read) {
    Entry last = new Entry(head, Kind.MESSAGE, "cay", 70 + head, "k", 0, 0, "hello", null);
    return new ConversationRow(
        id, true, null, "cay", 1, head, 70 + head, read, head - read, last, false, 2);
  }

  private void row(long head, long read) {
    unread.row("ann", row(TEA, head, read), now);
  }

  private void seen(boolean visible) {
    unread.seen("ann", visible, now);
  }

  private List<Push> due() {
    return unread.due("ann", 10, now);
  }

  private Push only() {
    List<Push> due = due();
    assertEquals(1, due.size(), due::toString);
    return due.get(0);
  }

  private static Push push(long head, long read) {
    return new Push("ann", TEA, head - read, "cay", 70 + head, head);
  }

  /** What is due after so many more milliseconds, and not one earlier. */
  private Push after(long millis) {
    now += millis - 1;
    assertEquals(List.of(), due());
    now++;
    return only();
  }

  @Test
  void whatIsUnreadForTheTimeIsPushedOnce() {
    seen(false);
    now += 5 * AFTER;
    row(4, 3);
    assertEquals(push(4, 3), after(AFTER));
    row(4, 3);
    now += 5 * AFTER;
    assertEquals(List.of(), due());
  }

  @Test
  void furtherMessagesCountButNeitherDelayNorRepeatIt() {
    seen(false);
    row(4, 3);
    now += AFTER / 2;
    row(6, 3);
    assertEquals(push(6, 3), after(AFTER / 2));
    row(7, 3);
    now += 5 * AFTER;
    assertEquals(List.of(), due());
  }

  @Test
  void whatIsReadInTimeIsNot() {
    seen(false);
    row(4, 3);
    now += AFTER - 1;
    row(4, 4);
    now += 5 * AFTER;
    assertEquals(List.of(), due());
  }

  @Test
  void whoHasReadHearsOfWhatCameAfterwards() {
    seen(false);
    row(4, 3);
    assertEquals(push(4, 3), after(AFTER));
    row(4, 4);
    row(5, 4);
    assertEquals(push(5, 4), after(AFTER));
    row(8, 7);
    assertEquals(push(8, 7), after(AFTER), "read between two looks");
  }

  @Test
  void whoIsThereOrNotKnownToBeAwayHearsNothing() {
    row(4, 3);
    now += 5 * AFTER;
    assertEquals(List.of(), due());
    assertEquals(List.of(), unread.away());
    seen(true);
    assertEquals(List.of(), due());
    seen(false);
    assertEquals(List.of("ann"), unread.away());
    assertEquals(push(4, 3), after(AFTER), "the time begins when both are so");
  }

  @Test
  void comingBackIsNoReasonToPushTheSameAgainButWhatCameSinceIs() {
    seen(false);
    row(4, 3);
    assertEquals(push(4, 3), after(AFTER));
    row(5, 3);
    seen(true);
    seen(false);
    row(5, 3);
    now += 5 * AFTER;
    assertEquals(List.of(), due());
    row(6, 3);
    assertEquals(push(6, 3), after(AFTER));
    row(7, 3);
    now += 5 * AFTER;
    assertEquals(List.of(), due());
  }

  @Test
  void seenAwayAgainDoesNotBeginTheTimeAnew() {
    seen(false);
    row(4, 3);
    now += AFTER / 2;
    seen(false);
    assertEquals(push(4, 3), after(AFTER / 2));
  }

  @Test
  void aFailureIsTriedAgainLaterAndNotForEver() {
    seen(false);
    row(4, 3);
    Push first = after(AFTER);
    assertTrue(unread.failed(first, now));
    now += LIMITS.retryFirstMillis();
    row(5, 3);
    now += 5 * AFTER;
    Push second = only();
    assertEquals(push(5, 3), second);
    assertTrue(unread.failed(second, now));
    assertEquals(List.of(), due(), "not at once");
    now += LIMITS.retryMostMillis();
    Push third = only();
    assertFalse(unread.failed(third, now), "the third attempt is the last");
    now += 5 * AFTER;
    row(5, 3);
    assertEquals(List.of(), due());
    row(6, 3);
    assertEquals(push(6, 3), after(AFTER), "what is new is tried again");
  }

  @Test
  void whoComesBackOrReadsBetweenTwoAttemptsHearsNothing() {
    seen(false);
    row(4, 3);
    unread.failed(after(AFTER), now);
    seen(true);
    now += 5 * AFTER;
    assertEquals(List.of(), due());
    seen(false);
    row(4, 4);
    now += 5 * AFTER;
    assertEquals(List.of(), due());
  }

  @Test
  void whatWasRefusedIsNotTriedAgain() {
    seen(false);
    row(4, 3);
    unread.refused(after(AFTER));
    now += 5 * AFTER;
    row(4, 3);
    assertEquals(List.of(), due());
    row(5, 3);
    assertEquals(push(5, 3), after(AFTER));
  }

  @Test
  void anAnswerThatComesAfterTheUserHasReadConcernsNothingElse() {
    seen(false);
    row(4, 3);
    Push old = after(AFTER);
    row(6, 5);
    Push next = after(AFTER);
    assertFalse(unread.failed(old, now));
    now += 5 * AFTER;
    assertEquals(List.of(), due());
    assertTrue(unread.failed(next, now));
  }

  @Test
  void ofMoreConversationsThanTheBoundTheRestWaits() {
    UUID water = new UUID(1, 3);
    seen(false);
    row(4, 3);
    unread.row("ann", row(MILK, 9, 2), now);
    unread.row("ann", row(water, 9, 2), now);
    now += AFTER;
    assertEquals(1, unread.due("ann", 1, now).size());
    assertEquals(List.of(MILK), due().stream().map(Push::conversation).toList());
    unread.row("ann", row(MILK, 9, 9), now);
    unread.row("ann", row(water, 10, 2), now);
    now += AFTER;
    assertEquals(List.of(water), due().stream().map(Push::conversation).toList());
  }

  @Test
  void usersAreApart() {
    seen(false);
    unread.seen("bob", true, now);
    row(4, 3);
    unread.row("bob", row(TEA, 4, 3), now);
    now += AFTER;
    assertEquals(List.of(), unread.due("bob", 10, now));
    assertEquals(push(4, 3), only());
  }

  @Test
  void whoIsForgottenAndStrangersGetNothing() {
    seen(false);
    row(4, 3);
    Push push = after(AFTER);
    unread.forget("ann");
    seen(false);
    row(5, 4);
    unread.refused(push);
    assertFalse(unread.failed(push, now));
    now += 5 * AFTER;
    assertEquals(List.of(), due());
    assertEquals(List.of(), unread.away());
  }

  @Test
  void ofAnotherLogNothingIsKnown() {
    seen(false);
    row(40, 3);
    assertEquals(push(40, 3), after(AFTER));
    unread.clear();
    row(4, 2);
    assertEquals(push(4, 2), after(AFTER));
  }

  /** Whatever happens: no push to who is there, none too early, none twice without a reason. */
  @Test
  void inAnyHistoryAPushHasAReason() {
    for (long seed = 1; seed <= 500; seed++) {
      history(seed);
    }
  }

  private void history(long seed) {
    Random random = new Random(seed);
    Unread any = new Unread(List.of("ann"), LIMITS, random);
    long head = 0;
    long read = 0;
    long unreadSince = 0;
    long awaySince = 0;
    boolean away = false;
    boolean reason = false; // for a push
    boolean open = true; // the next message is one
    int pushed = 0;
    for (int step = 0; step < 300; step++) {
      now += random.nextInt(400);
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> {
          unreadSince = head == read ? now : unreadSince;
          reason |= open;
          head++;
        }
        case 3 -> {
          read = head;
          reason = false;
          open = true;
        }
        case 4 -> {
          away = !away;
          awaySince = now;
          any.seen("ann", !away, now);
          open |= !away;
        }
        default -> {}
      }
      any.row("ann", row(TEA, head, read), now);
      for (Push push : any.due("ann", 1, now)) {
        String what = "seed " + seed + " step " + step + ": " + push;
        assertTrue(away && reason, what);
        assertTrue(now - awaySince >= AFTER && now - unreadSince >= AFTER, what);
        assertEquals(push(head, read), push, what);
        boolean failed = random.nextInt(4) == 0;
        reason = failed && any.failed(push, now);
        open = failed && !reason;
        pushed++;
      }
    }
    assertTrue(pushed > 0, "seed " + seed);
  }
}
