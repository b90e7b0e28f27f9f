package io.hubbub.chat.protocol;

import io.hubbub.api.log.Entry;
import io.hubbub.api.log.Kind;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Log entries as clients see them: one object with {@code ev}, {@code conversation} and {@code
 * seq}. Messages, edits and reactions, which are nearly all there is, are written without a tree.
 */
public final class EntryJson {
  private EntryJson() {}

  /** Writes one entry as an object, without a newline. */
  public static void write(JsonOut out, UUID conversation, Entry entry) {
    write(out, conversation, entry, false);
  }

  /** As above; {@code cut} says that the body may go on. */
  static void write(JsonOut out, UUID conversation, Entry entry, boolean cut) {
    out.object();
    out.field("ev", entry.kind().event()).field("conversation", conversation);
    out.field("seq", entry.seq()).field("from", entry.from()).field("at", entry.at());
    out.field("key", entry.key());
    switch (entry.kind()) {
      case MESSAGE -> message(out, entry);
      case EDITED -> out.field("target", entry.target()).field("body", text(entry));
      case DELETED, CANCELLED -> target(out, entry);
      case REACTED_ON, REACTED_OFF -> {
        out.field("target", entry.target()).field("emoji", text(entry));
        out.field("on", entry.kind() == Kind.REACTED_ON);
      }
      case CREATED -> created(out, entry);
      case JOINED, LEFT -> users(out, entry);
      case RENAMED -> {
        out.field("name", text(entry));
        out.field("fallback", Fallback.renamed(entry.from(), text(entry)));
      }
      case ROLE -> role(out, entry);
    }
    if (cut) {
      out.field("cut", true);
    }
    out.endObject();
  }

  private static void message(JsonOut out, Entry entry) {
    out.field("body", text(entry));
    if (entry.thread() > 0) {
      out.field("thread", entry.thread());
    }
    Entry.State state = entry.state();
    if (state == null) {
      return;
    }
    if (state.rev() > 0) {
      out.field("rev", state.rev());
    }
    if (state.edited()) {
      out.field("edited", true);
    }
    if (state.deleted()) {
      out.field("deleted", true);
    }
    if (!state.reactions().isEmpty()) {
      out.name("reactions").object();
      state.reactions().forEach((emoji, users) -> strings(out.name(emoji), users));
      out.endObject();
    }
  }

  private static void target(JsonOut out, Entry entry) {
    if (entry.target() > 0) {
      out.field("target", entry.target());
    }
  }

  private static void created(JsonOut out, Entry entry) {
    JsonObject body = objectOf(entry.body());
    String kind = string(body, "kind");
    String name = string(body, "name");
    out.field("kind", kind == null ? "room" : kind);
    if (name != null) {
      out.field("name", name);
    }
    if (body.getValue("users") instanceof JsonArray users) {
      strings(out.name("users"), strings(users));
    }
    out.field("fallback", Fallback.created(entry.from(), name));
  }

  private static void users(JsonOut out, Entry entry) {
    List<String> users = usersOf(entry.body());
    strings(out.name("users"), users);
    out.field(
        "fallback",
        entry.kind() == Kind.JOINED
            ? Fallback.joined(entry.from(), users)
            : Fallback.left(entry.from(), users));
  }

  private static void role(JsonOut out, Entry entry) {
    JsonObject body = objectOf(entry.body());
    String user = string(body, "user");
    String role = string(body, "role");
    out.field("user", user).field("role", role);
    out.field("fallback", Fallback.role(entry.from(), user, role));
  }

  private static String text(Entry entry) {
    String body = entry.body();
    return body == null || (entry.state() != null && entry.state().deleted()) ? "" : body;
  }

  private static void strings(JsonOut out, List<String> strings) {
    out.array();
    strings.forEach(out::value);
    out.endArray();
  }

  /** The users that a {@code joined} or {@code left} entry names. */
  public static List<String> usersOf(@Nullable String body) {
    try {
      return body == null ? List.of() : strings(new JsonArray(body));
    } catch (DecodeException e) {
      return List.of();
    }
  }

  private static List<String> strings(JsonArray array) {
    List<String> strings = new ArrayList<>(array.size());
    for (Object item : array) {
      if (item instanceof String text) {
        strings.add(text);
      }
    }
    return strings;
  }

  private static JsonObject objectOf(@Nullable String body) {
    try {
      return body == null ? new JsonObject() : new JsonObject(body);
    } catch (DecodeException e) {
      return new JsonObject();
    }
  }

  private static @Nullable String string(JsonObject object, String name) {
    return object.getValue(name) instanceof String text ? text : null;
  }
}
