package io.hubbub.chat;

import io.hubbub.api.log.Command;
import io.hubbub.api.log.Conversations;
import io.hubbub.api.log.Entry;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.log.Kind;
import io.hubbub.api.log.Outcome;
import io.hubbub.api.query.ConversationRow;
import io.hubbub.api.query.ListConversations;
import io.hubbub.api.query.Page;
import io.hubbub.api.query.Profile;
import io.hubbub.api.query.Profiles;
import io.hubbub.api.query.ReadPage;
import io.hubbub.api.query.ReadUsers;
import io.hubbub.api.query.Rows;
import io.hubbub.chat.protocol.ClientCommand;
import io.hubbub.chat.protocol.EntryJson;
import io.hubbub.chat.protocol.JsonOut;
import io.hubbub.chat.protocol.Replies;
import io.hubbub.chat.protocol.RowJson;
import io.hubbub.chat.protocol.Texts;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ops that need a user but no session. Each gives the body of its {@code ok}, or fails with a
 * {@link HubbubException}. Used by sessions and by services that speak JSON over the bus.
 */
final class CommandOps {
  private static final int HISTORY_DEFAULT = 50;
  private static final int HISTORY_MOST = 200;
  private static final int ROWS = 200;
  private static final int EMOJI_BYTES = 64;

  private final EdgePort port;
  private final Limits limits;

  CommandOps(EdgePort port, Limits limits) {
    this.port = port;
    this.limits = limits;
  }

  /** What a command names as its conversation: an id, or {@code @user} for a direct one. */
  record Named(UUID id, @Nullable String peer) {}

  /** Reads the field {@code conversation}. */
  static Named conversation(String user, ClientCommand command) {
    String text = command.text("conversation");
    if (text.startsWith("@")) {
      String peer = text.substring(1);
      if (!Texts.userId(peer) || peer.equals(user)) {
        throw new HubbubException(ErrorCode.BAD_REQUEST, "no direct conversation with " + text);
      }
      return new Named(Conversations.direct(user, peer), peer);
    }
    try {
      UUID id = UUID.fromString(text);
      if (text.length() == 36) {
        return new Named(id, null);
      }
    } catch (IllegalArgumentException e) {
      // Falls through: what is not an identifier names no conversation.
    }
    throw new HubbubException(ErrorCode.NOT_FOUND, "no such conversation");
  }

  /** The kind of entry that an op appends, or null for an op that appends none. */
  static @Nullable Kind kind(String op, ClientCommand command) {
    return switch (op) {
      case "send" -> Kind.MESSAGE;
      case "edit" -> Kind.EDITED;
      case "delete" -> Kind.DELETED;
      case "react" -> command.truth("on") ? Kind.REACTED_ON : Kind.REACTED_OFF;
      case "cancel" -> Kind.CANCELLED;
      default -> null;
    };
  }

  /** Builds the command of an op that appends. */
  Command command(String user, Kind kind, ClientCommand line) {
    Named named = conversation(user, line);
    String key = line.text("key");
    if (!Texts.key(key)) {
      boolean long_ = Texts.utf8Length(key) > Limits.KEY_BYTES;
      throw new HubbubException(
          long_ ? ErrorCode.TOO_LARGE : ErrorCode.BAD_REQUEST,
          "a key has 1 to 64 bytes and no control characters");
    }
    long target = kind == Kind.MESSAGE || kind == Kind.CANCELLED ? 0 : line.seq("target");
    long thread = kind == Kind.MESSAGE ? line.number("thread", 0) : 0;
    if (thread < 0) {
      throw new HubbubException(ErrorCode.BAD_REQUEST, "\"thread\" must be the number of an entry");
    }
    return new Command(
        named.id(), named.peer(), user, kind, key, target, thread, body(kind, line), false);
  }

  private @Nullable String body(Kind kind, ClientCommand line) {
    return switch (kind) {
      case MESSAGE, EDITED -> checked(line.text("body"), "body", limits.bodyBytes());
      case REACTED_ON, REACTED_OFF -> checked(line.text("emoji"), "emoji", EMOJI_BYTES);
      default -> null;
    };
  }

  private static String checked(String text, String name, int most) {
    if (Texts.utf8Length(text) > most) {
      throw new HubbubException(
          ErrorCode.TOO_LARGE, "\"" + name + "\" may have " + most + " bytes at most");
    }
    if (!Texts.storable(text)) {
      throw new HubbubException(
          ErrorCode.BAD_TEXT, "\"" + name + "\" holds U+0000 or a lone surrogate");
    }
    if (text.isEmpty()) {
      throw new HubbubException(ErrorCode.BAD_REQUEST, "\"" + name + "\" must not be empty");
    }
    return text;
  }

  /** Appends; the body of the acknowledgement. */
  Future<Consumer<JsonOut>> append(Command command) {
    return acknowledged(command, port.append(command));
  }

  /** The same, in the order of one sender. */
  Future<Consumer<JsonOut>> append(
      Command command, SendOrder order, @Nullable HubbubException limited) {
    return acknowledged(command, port.append(command, order, limited));
  }

  private static Future<Consumer<JsonOut>> acknowledged(Command command, Future<Outcome> appended) {
    return appended.map(
        outcome ->
            out -> {
              Replies.ack(out, command.conversation(), outcome);
              if (outcome.target() > 0) {
                out.field("target", outcome.target());
              }
            });
  }

  /** A page of a log. */
  Future<Consumer<JsonOut>> history(String user, ClientCommand line) {
    Named named = conversation(user, line);
    long before = line.number("before", 0);
    long after = line.number("after", 0);
    long limit = line.number("limit", HISTORY_DEFAULT);
    if (before < 0 || after < 0 || limit < 1) {
      throw new HubbubException(
          ErrorCode.BAD_REQUEST, "\"before\", \"after\" and \"limit\" must be above 0");
    }
    boolean newest = before == 0 && line.number("after", -1) < 0;
    ReadPage question =
        new ReadPage(
            named.id(),
            user,
            after,
            newest ? Long.MAX_VALUE : before,
            (int) Math.min(limit, HISTORY_MOST),
            line.number("thread", 0),
            List.of());
    return port.ask(question, Page.class).map(page -> out -> page(out, named.id(), page));
  }

  /** What {@code history} answers. */
  static void page(JsonOut out, UUID conversation, Page page) {
    out.field("conversation", conversation).name("events").array();
    for (Entry entry : page.entries()) {
      EntryJson.write(out, conversation, entry);
    }
    out.endArray().field("from", page.from()).field("to", page.to());
    out.field("head", page.head()).field("first", page.first()).field("more", page.more());
    out.field("epoch", page.epoch());
  }

  /** What changed since a cursor. */
  Future<Consumer<JsonOut>> conversations(String user, ClientCommand line) {
    return port.ask(new ListConversations(user, line.maybeText("cursor"), ROWS), Rows.class)
        .map(rows -> out -> rows(out, rows));
  }

  /** Rows, whether there are more, and where to go on. */
  static void rows(JsonOut out, Rows rows) {
    out.name("conversations").array();
    for (ConversationRow row : rows.rows()) {
      RowJson.write(out, row);
    }
    out.endArray();
    if (rows.more()) {
      out.field("more", true);
    }
    out.field("cursor", rows.cursor());
  }

  /** Profiles of users. */
  Future<Consumer<JsonOut>> users(ClientCommand line) {
    List<String> ids = line.list("ids", limits.users());
    return port.ask(new ReadUsers(List.copyOf(ids)), Profiles.class)
        .map(
            found ->
                out -> {
                  out.name("users").array();
                  for (Profile profile : found.profiles()) {
                    out.object().field("id", profile.id()).field("name", profile.name());
                    out.endObject();
                  }
                  out.endArray();
                });
  }

  /** Raises read positions. */
  Future<Consumer<JsonOut>> read(String user, ClientCommand line) {
    Named named = conversation(user, line);
    long read = line.number("seq", 0);
    long delivered = line.number("delivered", 0);
    if (read < 0 || delivered < 0 || read + delivered == 0) {
      throw new HubbubException(ErrorCode.BAD_REQUEST, "\"seq\" must be the number of an entry");
    }
    return port.mark(named.id(), user, read, delivered)
        .map(
            marked ->
                out ->
                    out.field("conversation", named.id())
                        .field("upTo", marked.read())
                        .field("unread", marked.unread()));
  }
}
