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

  /** Appends, with the {@code Idempotency-Key} as the key of the command. */
  Future<Answer> append(Call call, ConversationRef where, Kind kind, long thread, String body) {
    String key = call.keyOrFresh();
    Command command =
        new Command(where.id(), where.peer(), call.user(), kind, key, 0, thread, body, false);
    return backend.append(command).map(outcome -> answer(where, key, outcome));
  }

  private static Answer answer(ConversationRef where, String key, Outcome outcome) {
    if (outcome.error() != null) {
      throw new HubbubException(outcome.error(), outcome.message());
    }
    JsonOut out = new JsonOut().object().field("conversation", where.id());
    out.field("seq", outcome.seq()).field("at", outcome.at()).field("key", key);
    if (outcome.duplicate()) {
      out.field("duplicate", true);
    }
    return Answer.created(!outcome.duplicate(), out.endObject());
  }
}
