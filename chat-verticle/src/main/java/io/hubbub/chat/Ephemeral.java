package io.hubbub.chat;

import io.hubbub.api.link.ReadMoved;
import io.hubbub.chat.protocol.EventJson;
import io.vertx.core.buffer.Buffer;

/**
 * What other members do that no log keeps: told in small conversations only, dropped under load.
 */
final class Ephemeral {
  /** In conversations of more members nobody is told who types or has read. */
  static final int MOST_MEMBERS = 100;

  private Ephemeral() {}

  /** A read position rose: the user's own sessions are always told, others in small rooms. */
  static void position(EdgeConversation conversation, ReadMoved moved) {
    boolean delivered = moved.delivered() > moved.read();
    String kind = delivered ? "delivered" : "read";
    long upTo = delivered ? moved.delivered() : moved.read();
    String user = moved.user();
    Buffer own = EventJson.position(kind, moved.conversation(), user, upTo, moved.unread());
    Buffer others = EventJson.position(kind, moved.conversation(), user, upTo, -1);
    boolean small = moved.members() <= MOST_MEMBERS;
    conversation.eachSeat(
        seat -> {
          if (seat.session.user().equals(user)) {
            seat.session.push(own);
          } else if (small) {
            seat.session.offerEphemeral(others);
          }
        });
  }
}
