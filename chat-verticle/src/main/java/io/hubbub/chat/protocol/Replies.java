package io.hubbub.chat.protocol;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.log.Outcome;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;
import java.util.function.Consumer;

/** The replies of the client protocol: {@code id} with {@code ok} or {@code error}. */
public final class Replies {
  private Replies() {}

  /** A command was done. */
  public static Buffer ok(String id, Consumer<JsonOut> body) {
    JsonOut out = new JsonOut(160).object();
    out.name("id").raw(id).name("ok").object();
    body.accept(out);
    return out.endObject().endObject().toBuffer();
  }

  /** A command was not done. */
  public static Buffer error(String id, HubbubException error) {
    JsonOut out = new JsonOut(160).object();
    out.name("id").raw(id).name("error");
    error(out, error);
    return out.endObject().toBuffer();
  }

  /** The object behind {@code error}. */
  public static void error(JsonOut out, HubbubException error) {
    ErrorCode code = error.code();
    out.object().field("code", code.label()).field("message", error.getMessage());
    out.field("temporary", code.temporary());
    if (error.retryAfterMs() > 0) {
      out.field("retryAfterMs", error.retryAfterMs());
    }
    out.endObject();
  }

  /** The fields of an acknowledgement. */
  public static void ack(JsonOut out, UUID conversation, Outcome outcome) {
    out.field("conversation", conversation).field("seq", outcome.seq()).field("at", outcome.at());
    if (outcome.duplicate()) {
      out.field("duplicate", true);
    }
  }
}
