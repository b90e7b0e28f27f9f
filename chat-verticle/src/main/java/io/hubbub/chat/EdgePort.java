package io.hubbub.chat;

import io.hubbub.api.link.Marked;
import io.hubbub.api.log.Command;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.log.Outcome;
import io.hubbub.api.query.Query;
import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What sessions and REST may ask of the edge. Every future completes on the event loop that asked;
 * every failure is a {@link io.hubbub.api.log.HubbubException}.
 */
interface EdgePort {
  /** Appends; fails with the outcome's error. */
  Future<Outcome> append(Command command);

  /**
   * Appends in the order of one sender: what was sent before it was known that an earlier one was
   * refused is refused too.
   *
   * @param order the sender's, touched by the edge's hub alone
   * @param limited why this one is refused by itself, or null
   */
  Future<Outcome> append(Command command, SendOrder order, @Nullable HubbubException limited);

  /** The sender will not send this key again. */
  void giveUp(SendOrder order, UUID conversation, String key);

  /** Raises read positions. */
  Future<Marked> mark(UUID conversation, String user, long read, long delivered);

  /** Tells that a user types. */
  void typing(UUID conversation, String user, boolean on);

  /** Puts a question to a history node. */
  <T> Future<T> ask(Query query, Class<T> answer);
}
