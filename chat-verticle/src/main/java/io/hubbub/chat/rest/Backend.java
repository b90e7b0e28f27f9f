package io.hubbub.chat.rest;

import io.hubbub.api.log.Command;
import io.hubbub.api.log.Outcome;
import io.hubbub.api.query.Query;
import io.vertx.core.Future;

/** What REST needs of the rest of the node. Failures are {@code HubbubException}s. */
public interface Backend {
  /**
   * Puts a question to a history node.
   *
   * @param answer the kind of record that the question is answered with
   */
  <T> Future<T> ask(Query query, Class<T> answer);

  /** Appends to a log; an outcome with an error is not a failure. */
  Future<Outcome> append(Command command);

  /** 0 while this node takes new clients; above it, how badly it is overloaded. */
  int overload();
}
