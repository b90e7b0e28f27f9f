package io.hubbub.api.client;

import io.vertx.core.Future;
import java.util.UUID;

/**
 * A conversation being followed: its handler gets every entry once, in order, without holes,
 * whatever becomes of nodes and connections. Safe from any thread.
 */
public interface Subscription {
  /** Which conversation. */
  UUID conversation();

  /**
   * The number of the last entry that was dealt with. A service that keeps it, together with {@link
   * HubbubClient#epoch}, goes on from there after a restart: an entry whose handler was interrupted
   * then comes again, so what the handler does should bear that, as a send whose key names the
   * entry does.
   */
  long at();

  /**
   * When it is over: succeeds after {@link #close}. Fails with what the handler failed with, or
   * with a {@link io.hubbub.api.log.HubbubException}: {@code not_a_member} when the service's user
   * was removed (the entry that says so is the last one handed on, unless the handler was behind),
   * {@code gone} when the log was replaced by another one.
   */
  Future<Void> ended();

  /** Hands on nothing more. */
  void close();
}
