package io.hubbub.chat;

import io.hubbub.chat.protocol.EventJson;
import io.vertx.core.Vertx;

/** Sends a client to another node: it is told when to go, and is closed a little after that. */
final class Moving {
  /** For how long a client may use the old connection after it was to go, in milliseconds. */
  static final long GRACE_MILLIS = 500;

  private Moving() {}

  /**
   * Tells a session, on its event loop. A session that is told already is told nothing new, and
   * goes when it was to go.
   *
   * @param after when it is to go, in milliseconds
   * @param gone runs when it has been closed
   */
  static void tell(Vertx vertx, Session session, long after, Runnable gone) {
    if (!session.moving) {
      session.moving = true;
      session.push(EventJson.reconnect(after));
    }
    vertx.setTimer(
        after + GRACE_MILLIS,
        now -> {
          session.close(CloseCode.DRAINING, "{\"afterMs\":0}");
          gone.run();
        });
  }
}
