package io.hubbub.examples.push;

import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * What a webhook is told.
 *
 * @param user who has not read
 * @param conversation where
 * @param unread how many messages
 * @param from who said the newest of them
 * @param at when, epoch milliseconds of the database
 * @param seq its number
 */
record Push(String user, UUID conversation, long unread, String from, long at, long seq) {
  /** The body of the request. What was said is not in it, as webhooks may be anybody's. */
  JsonObject json() {
    return new JsonObject()
        .put("user", user)
        .put("conversation", conversation.toString())
        .put("unread", unread)
        .put("from", from)
        .put("at", at);
  }
}
