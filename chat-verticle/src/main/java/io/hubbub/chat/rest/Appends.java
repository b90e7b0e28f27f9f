package io.hubbub.chat.rest;

import io.hubbub.api.log.Command;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.log.Kind;
import io.hubbub.api.log.Outcome;
import io.hubbub.chat.protocol.JsonOut;
import io.vertx.core.Future;

/** Requests that append to a log: all are made and answered alike. */
final class Appends {
  private final Backend backend;

  Appends(Backend backend) {
    this.backend = backend;
  }

  /** Changes something that is there; answered 200. */
  Future<Answer> change(Call call, Kind kind, String body) {
    ConversationRef where = call.conversation();
    String key = call.keyOrFresh();
    return outcome(call, where, kind, key, 0, body)
        .map(outcome -> Answer.ok(json(where, key, outcome)));
  }

  /** Makes something new; answered 201, or 200 when it was made before. */
  Future<Answer> append(Call call, ConversationRef where, Kind kind, long thread, String body) {
    String key = call.keyOrFresh();
    return outcome(call, where, kind, key, thread, body)
        .map(outcome -> Answer.created(!outcome.duplicate(), json(where, key, outcome)));
  }

  /** Appends, with the {@code Idempotency-Key} as the key of the command. */
  private Future<Outcome> outcome(
      Call call, ConversationRef where, Kind kind, String key, long thread, String body) {
    return backend.append(
        new Command(where.id(), where.peer(), call.user(), kind, key, 0, thread, body, false));
  }

  private static JsonOut json(ConversationRef where, String key, Outcome outcome) {
    if (outcome.error() != null) {
      throw new HubbubException(outcome.error(), outcome.message());
    }
    JsonOut out = new JsonOut().object().field("conversation", where.id());
    out.field("seq", outcome.seq()).field("at", outcome.at()).field("key", key);
    if (outcome.duplicate()) {
      out.field("duplicate", true);
    }
    return out.endObject();
  }
}
