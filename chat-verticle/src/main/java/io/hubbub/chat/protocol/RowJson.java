package io.hubbub.chat.protocol;

import io.hubbub.api.log.Entry;
import io.hubbub.api.query.ConversationRow;
import java.util.UUID;

/** Conversations as one of their users sees them: the protocol's Row. */
public final class RowJson {
  /** Characters at which the history node cuts the newest message. */
  private static final int CUT = 300;

  private RowJson() {}

  /** Writes one row as an object, without a newline. */
  public static void write(JsonOut out, ConversationRow row) {
    UUID id = row.id();
    out.object().field("id", id).field("kind", row.direct() ? "direct" : "room");
    if (row.name() != null) {
      out.field("name", row.name());
    }
    if (row.with() != null) {
      out.field("with", row.with());
    }
    out.field("first", row.first()).field("head", row.head()).field("at", row.at());
    out.field("read", row.read()).field("unread", row.unread());
    Entry last = row.last();
    if (last != null) {
      out.name("last");
      String body = last.body();
      boolean cut = body != null && body.codePointCount(0, body.length()) >= CUT;
      EntryJson.write(out, id, last, cut);
    }
    if (row.left()) {
      out.field("left", true);
    }
    out.endObject();
  }
}
