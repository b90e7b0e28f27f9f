package io.hubbub.chat.rest;

import io.hubbub.api.log.Conversations;
import io.hubbub.api.query.ConversationRow;
import io.hubbub.api.query.CreateDirect;
import io.hubbub.api.query.CreateRoom;
import io.hubbub.api.query.Created;
import io.hubbub.api.query.ListConversations;
import io.hubbub.api.query.Rows;
import io.hubbub.chat.protocol.JsonOut;
import io.hubbub.chat.protocol.RowJson;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Listing and making conversations. */
final class ConversationOperations {
  /** How long a room's name may be, in bytes of UTF-8. */
  static final int MAX_NAME_BYTES = 256;

  private static final int DEFAULT_PAGE = 100;
  private static final int MAX_PAGE = 500;
  private static final int MAX_CURSOR_BYTES = 256;

  private final Backend backend;
  private final RestOptions options;

  ConversationOperations(Backend backend, RestOptions options) {
    this.backend = backend;
    this.options = options;
  }

  Map<String, Operation> all() {
    return Map.of(
        "listConversations", this::list,
        "createConversation", this::create,
        "createDirect", call -> direct(call, "user"),
        "createRoom", this::room);
  }

  private Future<Answer> list(Call call) {
    String cursor = call.query("cursor");
    if (cursor != null && (cursor.isEmpty() || cursor.length() > MAX_CURSOR_BYTES)) {
      throw Call.bad("cursor is none that was given out");
    }
    ListConversations query =
        new ListConversations(call.user(), cursor, call.limit(DEFAULT_PAGE, MAX_PAGE));
    return backend.ask(query, Rows.class).map(ConversationOperations::answer);
  }

  private Future<Answer> create(Call call) {
    if (call.has("with") == call.has("name")) {
      throw Call.bad("give either name, for a room, or with, for a direct conversation");
    }
    return call.has("with") ? direct(call, "with") : room(call);
  }

  private Future<Answer> direct(Call call, String field) {
    String peer = call.userId(field);
    if (peer.equals(call.user())) {
      throw Call.bad("no direct conversation with oneself");
    }
    return backend
        .ask(new CreateDirect(call.user(), peer), Created.class)
        .map(ConversationOperations::answer);
  }

  private Future<Answer> room(Call call) {
    String name = call.line("name", MAX_NAME_BYTES);
    List<String> users = call.userIds("users", options.members());
    String key = call.key();
    UUID id = key == null ? Conversations.room() : Conversations.room(call.user(), key);
    CreateRoom query = new CreateRoom(id, call.user(), name, users, call.keyOrFresh());
    return backend.ask(query, Created.class).map(ConversationOperations::answer);
  }

  private static Answer answer(Created created) {
    return Answer.created(
        created.fresh(), new JsonOut().object().field("id", created.id()).endObject());
  }

  private static Answer answer(Rows rows) {
    JsonOut out = new JsonOut().object().name("conversations").array();
    for (ConversationRow row : rows.rows()) {
      RowJson.write(out, row);
    }
    out.endArray().field("more", rows.more()).field("cursor", rows.cursor());
    return Answer.bulk(out.endObject());
  }
}
