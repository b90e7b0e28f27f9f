package io.hubbub.chat.rest;

import io.hubbub.chat.protocol.JsonOut;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What a request is answered with.
 *
 * @param status of HTTP
 * @param json the body, or null for none
 * @param bulk whether it may be compressed; never for what holds a secret
 * @param retryAfterSeconds the {@code Retry-After} header, 0 for none
 */
record Answer(int status, @Nullable Buffer json, boolean bulk, int retryAfterSeconds) {

  /** The operation has taken the response over, and nothing is to be sent. */
  static final Answer STREAM = new Answer(0, null, false, 0);

  static Answer ok(JsonOut json) {
    return new Answer(200, json.toBuffer(), false, 0);
  }

  static Answer created(boolean fresh, JsonOut json) {
    return new Answer(fresh ? 201 : 200, json.toBuffer(), false, 0);
  }

  static Answer bulk(JsonOut json) {
    return new Answer(200, json.toBuffer(), true, 0);
  }

  static Answer none() {
    return new Answer(204, null, false, 0);
  }
}
