package io.hubbub.chat.rest;

import io.hubbub.chat.protocol.JsonOut;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/** Whether this node takes new clients, and the documents of what it speaks. */
final class NodeOperations {
  /** Between these seconds, at random, so that not all come back at once. */
  private static final int MIN_RETRY_SECONDS = 2;

  private static final int MAX_RETRY_SECONDS = 10;

  private final Backend backend;
  private final BooleanSupplier draining;
  private final Buffer openapi;
  private final Buffer asyncapi;

  NodeOperations(Backend backend, BooleanSupplier draining, Buffer openapi, Buffer asyncapi) {
    this.backend = backend;
    this.draining = draining;
    this.openapi = openapi;
    this.asyncapi = asyncapi;
  }

  Map<String, Operation> all() {
    return Map.of(
        "status", call -> Future.succeededFuture(status()),
        "openapi", call -> document(openapi),
        "asyncapi", call -> document(asyncapi));
  }

  private Answer status() {
    boolean drains = draining.getAsBoolean();
    JsonOut out = new JsonOut().object();
    if (!drains && backend.overload() <= 0) {
      return Answer.ok(out.field("status", "ok").endObject());
    }
    int seconds = ThreadLocalRandom.current().nextInt(MIN_RETRY_SECONDS, MAX_RETRY_SECONDS + 1);
    out.field("status", drains ? "draining" : "overloaded");
    out.field("retryAfterMs", seconds * 1000L).endObject();
    return new Answer(503, out.toBuffer(), false, seconds);
  }

  private static Future<Answer> document(Buffer json) {
    return Future.succeededFuture(new Answer(200, json, true, 0));
  }
}
