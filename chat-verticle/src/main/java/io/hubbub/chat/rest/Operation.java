package io.hubbub.chat.rest;

import io.vertx.core.Future;

/** What an {@code operationId} of the OpenAPI document does. */
@FunctionalInterface
interface Operation {
  /** Answers; may throw or fail with {@code HubbubException}. */
  Future<Answer> run(Call call);
}
