package io.hubbub.system.client;

import io.vertx.core.json.JsonObject;

/** An error that a command was answered with, or the loss of its connection. */
public final class ChatException extends Exception {
  /** The code of a connection that was lost before the reply, which is no answer of a server. */
  public static final String LOST = "connection_lost";

  private static final long serialVersionUID = 1;

  private final String code;
  private final boolean temporary;
  private final long retryAfterMillis;

  private ChatException(String code, String message, boolean temporary, long retryAfterMillis) {
    super(code + ": " + message);
    this.code = code;
    this.temporary = temporary;
    this.retryAfterMillis = retryAfterMillis;
  }

  /** Of a reply. */
  static ChatException of(JsonObject error) {
    return new ChatException(
        error.getString("code"),
        error.getString("message"),
        error.getBoolean("temporary"),
        error.getLong("retryAfterMs", 0L));
  }

  /** The connection was lost before the reply. */
  static ChatException lost() {
    return new ChatException(LOST, "before the reply", true, 0);
  }

  /** The stable code. */
  public String code() {
    return code;
  }

  /** Whether the same command may succeed later. */
  public boolean temporary() {
    return temporary;
  }

  /** When to try again, or 0 where the server did not say. */
  public long retryAfterMillis() {
    return retryAfterMillis;
  }
}
