package io.hubbub.chat.rest;

import io.hubbub.api.cluster.View;
import io.hubbub.api.query.Query;
import io.vertx.core.Future;

/** The cluster as administrators look at it: which nodes there are, and what each says. */
public interface ClusterView {
  /** The nodes. */
  View view();

  /**
   * Puts a question to one node; fails with {@code HubbubException}.
   *
   * @param address of {@link io.hubbub.api.bus.Addresses}
   * @param answer the kind of record that the question is answered with
   */
  <T> Future<T> ask(String address, Query query, Class<T> answer);
}
