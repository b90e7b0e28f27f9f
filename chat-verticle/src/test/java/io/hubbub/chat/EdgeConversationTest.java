package io.hubbub.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.chat.Seat.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Every participant sees the same order without holes and doubles, whatever pauses, is lost, or
 * comes twice on the way; who is too slow is told from where on; who was removed sees no more.
 */
class EdgeConversationTest {
  private static final List<String> USERS = List.of("ann", "ben", "cat");

  @Test
  void everySeatIsHandedEachEntryOnceInOrderOrTold() {
    Seeds.each(
        500,
        random -> {
          ModelEdge edge = new ModelEdge(random, USERS);
          List<ModelSession> sessions = new ArrayList<>();
          for (int i = 0; i < 4; i++) {
            sessions.add(new ModelSession(edge, USERS.get(i % USERS.size())));
          }
          for (int i = random.nextInt(20); i > 0; i--) {
            edge.say();
          }
          for (int step = 0; step < 150; step++) {
            step(random, edge, sessions);
          }
          for (int i = 0; i < 200; i++) {
            while (!edge.changes.isEmpty()) {
              change(edge, sessions);
            }
            edge.settle();
            sessions.forEach(session -> session.drain(100, false));
          }
          sessions.forEach(session -> check(edge, session));
          sessions.forEach(ModelSession::close);
          assertTrue(edge.isDropped(), "nobody is left");
        });
  }

  private static void step(Random random, ModelEdge edge, List<ModelSession> sessions) {
    ModelSession session = sessions.get(random.nextInt(sessions.size()));
    int dice = random.nextInt(100);
    if (dice < 20) {
      edge.say();
    } else if (dice < 45) {
      edge.arrive();
    } else if (dice < 68) {
      edge.page(true);
    } else if (dice < 80) {
      session.drain(1 + random.nextInt(6), random.nextInt(4) == 0);
    } else if (dice < 84) {
      edge.tick();
    } else if (dice < 90) {
      session.resume(random.nextInt((int) edge.head() + 1), true);
    } else if (dice < 92) {
      session.resume(edge.head(), random.nextBoolean());
    } else if (dice < 93) {
      session.close();
    } else if (dice < 96) {
      String user = session.user();
      if (edge.members.contains(user)) {
        edge.leave(user);
      } else {
        edge.join(user);
      }
    } else if (!edge.changes.isEmpty()) {
      change(edge, sessions);
    }
  }

  private static void change(ModelEdge edge, List<ModelSession> sessions) {
    ModelEdge.Membership change = edge.changes.remove();
    sessions.forEach(session -> session.changed(change));
  }

  /** Once all has arrived, everybody is where the log is, or was told otherwise. */
  private static void check(ModelEdge edge, ModelSession session) {
    Seat seat = session.seat();
    assertFalse(session.reads(), "no more pages are read");
    if (!edge.members.contains(session.user())) {
      assertNull(seat, "removed");
    } else if (seat != null && session.expects()) {
      assertEquals(State.LIVE, seat.state);
      assertEquals(edge.head() + 1, session.next(), "has everything");
    } else if (seat != null) {
      assertEquals(State.SUMMARY, seat.state);
      assertTrue(!seat.gap && seat.told >= edge.head(), "knows the head");
    }
    if (seat != null) {
      assertNotNull(seat.conversation);
      assertEquals(edge.head(), seat.conversation.at());
    }
  }
}
