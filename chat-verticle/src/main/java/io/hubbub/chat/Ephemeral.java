package io.hubbub.chat;

import io.hubbub.api.link.ReadMoved;
import io.hubbub.chat.protocol.EventJson;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;

/**
 * What other members do that no log keeps: told in small conversations only, dropped under load.
 */
final class Ephemeral {
  /** In conversations of more members nobody is told who types or has read. */
  static final int MOST_MEMBERS = 100;

  private Ephemeral() {}

  /** Positions rose: the user's own sessions are always told, others in small conversations. */
  static void position(EdgeConversation conversation, ReadMoved moved) {
    tell(conversation, moved, "read", moved.read(), moved.unread());
    if (moved.delivered() > moved.read()) {
      tell(conversation, moved, "delivered", moved.delivered(), -1);
    }
  }

  private static void tell(
      EdgeConversation conversation, ReadMoved moved, String kind, long upTo, long unread) {
    UUID id = moved.conversation();
    String user = moved.user();
    Buffer own = EventJson.position(kind, id, user, upTo, unread);
    Buffer others = EventJson.position(kind, id, user, upTo, -1);
    boolean told = moved.members() <= MOST_MEMBERS && !moved.quiet();
    conversation.eachSeat(
        seat -> {
          if (seat.session.user().equals(user)) {
            seat.session.push(own);
          } else if (told && !seat.session.hides(user)) {
            seat.session.offerEphemeral(others);
          }
        });
  }
}
