package io.hubbub.chat.rest;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.FindUsers;
import io.hubbub.api.query.Profile;
import io.hubbub.api.query.Profiles;
import io.hubbub.api.query.Query;
import io.hubbub.api.query.ReadUsers;
import io.hubbub.chat.protocol.JsonOut;
import io.hubbub.chat.protocol.Texts;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Looking users up. */
final class UserOperations {
  private static final int MAX_IDS = 200;
  private static final int DEFAULT_FOUND = 20;
  private static final int MAX_FOUND = 200;

  private final Backend backend;

  UserOperations(Backend backend) {
    this.backend = backend;
  }

  Map<String, Operation> all() {
    return Map.of("findUsers", this::find);
  }

  private Future<Answer> find(Call call) {
    return backend.ask(query(call), Profiles.class).map(UserOperations::answer);
  }

  private static Query query(Call call) {
    String ids = call.query("ids");
    String prefix = call.query("prefix");
    if ((ids == null) == (prefix == null)) {
      throw Call.bad("give either ids or prefix");
    }
    if (prefix != null) {
      if (!Texts.userId(prefix)) {
        throw Call.bad("prefix is not the beginning of a name");
      }
      return new FindUsers(prefix, call.limit(DEFAULT_FOUND, MAX_FOUND));
    }
    List<String> users = Arrays.stream(String.valueOf(ids).split(",", -1)).distinct().toList();
    if (users.size() > MAX_IDS) {
      throw new HubbubException(ErrorCode.TOO_LARGE, "ids has more than " + MAX_IDS);
    }
    if (!users.stream().allMatch(Texts::userId)) {
      throw Call.bad("ids has what is not the id of a user");
    }
    return new ReadUsers(users);
  }

  private static Answer answer(Profiles profiles) {
    JsonOut out = new JsonOut().object().name("users").array();
    for (Profile profile : profiles.profiles()) {
      out.object().field("id", profile.id()).field("name", profile.name()).endObject();
    }
    return Answer.bulk(out.endArray().endObject());
  }
}
