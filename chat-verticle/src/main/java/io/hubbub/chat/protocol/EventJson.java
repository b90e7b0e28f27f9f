package io.hubbub.chat.protocol;

import io.hubbub.api.presence.Presence;
import io.hubbub.api.query.ConversationRow;
import io.hubbub.api.query.FriendState;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The events of the client protocol that are not log entries. */
public final class EventJson {
  private EventJson() {}

  /** How far a conversation's log reaches. */
  public static Buffer head(UUID conversation, long head) {
    return event("head")
        .field("conversation", conversation)
        .field("head", head)
        .endObject()
        .toBuffer();
  }

  /** Entries that were not pushed: the conversation is now summary. */
  public static Buffer gap(UUID conversation, long from, long to, long unread) {
    return event("gap")
        .field("conversation", conversation)
        .field("from", from)
        .field("to", to)
        .field("unread", unread)
        .endObject()
        .toBuffer();
  }

  /** What the client holds is from a log that is no more. */
  public static Buffer reset(UUID conversation, long head, String epoch) {
    return event("reset")
        .field("conversation", conversation)
        .field("head", head)
        .field("epoch", epoch)
        .endObject()
        .toBuffer();
  }

  /**
   * How much of a conversation is unread.
   *
   * @param mentioned whether a message not read yet names the user
   */
  public static Buffer unread(ConversationRow row, boolean mentioned) {
    JsonOut out = event("unread").field("conversation", row.id());
    out.field("kind", row.direct() ? "direct" : "room");
    if (row.name() != null) {
      out.field("name", row.name());
    }
    if (row.with() != null) {
      out.field("with", row.with());
    }
    out.field("unread", row.left() ? 0 : row.unread()).field("mention", mentioned);
    if (row.left()) {
      out.field("left", true);
    }
    return out.endObject().toBuffer();
  }

  /** The user became a member, with the conversation's row, or is one no more. */
  public static Buffer membership(UUID conversation, @Nullable ConversationRow joined) {
    JsonOut out = event("membership").field("conversation", conversation);
    out.field("change", joined == null ? "left" : "joined");
    if (joined != null) {
      out.name("row");
      RowJson.write(out, joined);
    }
    return out.endObject().toBuffer();
  }

  /**
   * A read or delivered position rose.
   *
   * @param kind {@code read} or {@code delivered}
   * @param unread messages after the read position; below 0 where it is another user's
   */
  public static Buffer position(
      String kind, UUID conversation, String user, long upTo, long unread) {
    JsonOut out = event(kind).field("conversation", conversation).field("user", user);
    out.field("upTo", upTo);
    if (unread >= 0) {
      out.field("unread", unread);
    }
    return out.endObject().toBuffer();
  }

  /** Somebody types, or no longer does. */
  public static Buffer typing(UUID conversation, String user, boolean on) {
    return event("typing")
        .field("conversation", conversation)
        .field("user", user)
        .field("on", on)
        .endObject()
        .toBuffer();
  }

  /** How a user is seen now. */
  public static Buffer presence(Presence seen) {
    JsonOut out = event("presence");
    presence(out, seen);
    return out.endObject().toBuffer();
  }

  /** How a user is seen, in a snapshot. */
  public static Buffer seen(Presence seen) {
    JsonOut out = new JsonOut(64).object();
    presence(out, seen);
    return out.endObject().toBuffer();
  }

  /** The fields that say how a user is seen. */
  public static void presence(JsonOut out, Presence seen) {
    out.field("user", seen.user()).field("status", seen.status().label());
    if (seen.lastSeen() > 0) {
      out.field("lastSeen", seen.lastSeen());
    }
  }

  /** What another is to the user now. */
  public static Buffer friend(String other, FriendState state) {
    return event("friend")
        .field("user", other)
        .field("state", state.label())
        .endObject()
        .toBuffer();
  }

  /** Too much changed about friends to tell: the list is to be read again. */
  public static Buffer friends() {
    return event("friend").endObject().toBuffer();
  }

  /** The node drains or sheds: the client moves after so many milliseconds. */
  public static Buffer reconnect(long afterMs) {
    return event("reconnect").field("afterMs", afterMs).endObject().toBuffer();
  }

  /** The token ends in so many milliseconds. */
  public static Buffer expiring(long inMs) {
    return event("expiring").field("inMs", inMs).endObject().toBuffer();
  }

  private static JsonOut event(String name) {
    return new JsonOut(128).object().field("ev", name);
  }
}
