package io.hubbub.api.client;

import io.hubbub.api.log.Entry;
import io.vertx.core.Future;

/** Deals with the entries of a conversation, one after the other. */
@FunctionalInterface
public interface EntryHandler {
  /**
   * Deals with an entry. Called on the client's context, with the next one only after this one has
   * been dealt with.
   *
   * @param entry the entry; a message that was read from history carries in {@link Entry#state}
   *     what later entries made of it, and its body is the newest
   * @return ends when the entry has been dealt with; a failure ends the subscription
   */
  Future<?> handle(Entry entry);
}
