package io.hubbub.chat.rest;

import io.hubbub.api.log.Kind;
import io.hubbub.api.query.Member;
import io.hubbub.api.query.Members;
import io.hubbub.api.query.ReadMembers;
import io.hubbub.chat.protocol.JsonOut;
import io.hubbub.chat.protocol.Texts;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** A room's name, members and roles. */
final class RoomOperations {
  private final Backend backend;
  private final Appends appends;
  private final RestOptions options;

  RoomOperations(Backend backend, RestOptions options) {
    this.backend = backend;
    this.appends = new Appends(backend);
    this.options = options;
  }

  Map<String, Operation> all() {
    return Map.of(
        "renameRoom", this::rename,
        "listMembers", this::members,
        "addMembers", this::add,
        "setRole", this::role,
        "removeMember", this::remove);
  }

  private Future<Answer> rename(Call call) {
    String name = call.line("name", ConversationOperations.MAX_NAME_BYTES);
    return appends.change(call, Kind.RENAMED, name);
  }

  private Future<Answer> add(Call call) {
    List<String> users = call.userIds("users", options.members());
    if (users.isEmpty()) {
      throw Call.bad("users is empty");
    }
    return appends.append(call, call.conversation(), Kind.JOINED, 0, new JsonArray(users).encode());
  }

  private Future<Answer> role(Call call) {
    String role = call.line("role", Texts.MAX_KEY_BYTES);
    if (!role.equals("owner") && !role.equals("member")) {
      throw Call.bad("role is neither owner nor member");
    }
    String body = new JsonObject().put("user", call.pathUser()).put("role", role).encode();
    return appends.change(call, Kind.ROLE, body);
  }

  private Future<Answer> remove(Call call) {
    String body = new JsonArray().add(call.pathUser()).encode();
    return appends.change(call, Kind.LEFT, body);
  }

  private Future<Answer> members(Call call) {
    String after = call.query("after");
    ReadMembers query = new ReadMembers(call.conversation().id(), call.user(), after, call.limit());
    return backend.ask(query, Members.class).map(RoomOperations::answer);
  }

  private static Answer answer(Members members) {
    JsonOut out = new JsonOut().object().name("members").array();
    for (Member member : members.members()) {
      out.object().field("user", member.user()).field("role", member.role());
      out.field("joined", member.joined()).field("read", member.read());
      out.field("delivered", member.delivered()).endObject();
    }
    return Answer.bulk(out.endArray().field("more", members.more()).endObject());
  }
}
