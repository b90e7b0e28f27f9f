package io.hubbub.chat.rest;

import io.hubbub.api.query.ChangeFriendship;
import io.hubbub.api.query.FriendState;
import io.hubbub.api.query.Friendship;
import io.hubbub.api.query.Friendships;
import io.hubbub.api.query.ListFriends;
import io.hubbub.chat.protocol.JsonOut;
import io.hubbub.chat.protocol.Texts;
import io.vertx.core.Future;
import java.util.Map;

/** Friends, requests and blocks. */
final class FriendOperations {
  private final Backend backend;
  private final RestOptions options;

  FriendOperations(Backend backend, RestOptions options) {
    this.backend = backend;
    this.options = options;
  }

  Map<String, Operation> all() {
    return Map.of(
        "listFriends", this::list,
        "askFriend", this::ask,
        "endFriend", call -> change(call, call.pathUser(), ChangeFriendship.END),
        "blockUser", call -> change(call, call.pathUser(), ChangeFriendship.BLOCK),
        "unblockUser", call -> change(call, call.pathUser(), ChangeFriendship.UNBLOCK));
  }

  private Future<Answer> ask(Call call) {
    String other = call.userId("user");
    if (!Texts.userId(other)) {
      throw Call.bad("user is not the id of a user");
    }
    return change(call, other, ChangeFriendship.ASK);
  }

  private Future<Answer> change(Call call, String other, int act) {
    return backend
        .ask(new ChangeFriendship(call.user(), other, act, options.friends()), Friendship.class)
        .map(now -> Answer.ok(write(new JsonOut(), now)));
  }

  private Future<Answer> list(Call call) {
    ListFriends query =
        new ListFriends(call.user(), state(call), call.query("after"), call.limit());
    return backend.ask(query, Friendships.class).map(FriendOperations::answer);
  }

  private static int state(Call call) {
    String label = call.query("state");
    if (label == null) {
      return FriendState.NONE.code();
    }
    FriendState state = FriendState.ofLabel(label);
    if (state == null || state == FriendState.NONE) {
      throw Call.bad("state is none of requested, incoming, friends, blocked");
    }
    return state.code();
  }

  private static Answer answer(Friendships page) {
    JsonOut out = new JsonOut().object().name("friends").array();
    for (Friendship each : page.friendships()) {
      write(out, each);
    }
    return Answer.bulk(out.endArray().field("more", page.more()).endObject());
  }

  private static JsonOut write(JsonOut out, Friendship each) {
    out.object().field("user", each.other());
    out.field("state", FriendState.ofCode(each.state()).label());
    if (each.at() > 0) {
      out.field("at", each.at());
    }
    return out.endObject();
  }
}
