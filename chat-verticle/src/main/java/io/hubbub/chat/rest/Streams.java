package io.hubbub.chat.rest;

import io.hubbub.chat.auth.Identity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** What REST needs to open streams that sessions feed. */
public interface Streams {
  /** The event loop that the streams live on. */
  Vertx vertx();

  /**
   * Opens a user's notifications.
   *
   * @param who whose
   * @param address where the request came from
   * @param response not begun; whoever opens begins it
   * @param lastEventId the last event that the client has, or null
   * @return fails with {@code HubbubException} while the response is not begun
   */
  Future<Void> notifications(
      Identity who, String address, HttpServerResponse response, @Nullable String lastEventId);
}
