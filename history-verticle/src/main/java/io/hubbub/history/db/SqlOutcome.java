package io.hubbub.history.db;

import io.vertx.pgclient.PgException;

/** What a failed statement means for the batch that it carried. */
public enum SqlOutcome {
  /** The outcome is unknown, or it may go well later: the same again, with the same keys. */
  RETRY,
  /** This server only reads: all its connections are dropped, and the same goes again elsewhere. */
  DROP_POOL,
  /** One of the rows is refused: the batch is halved until the guilty one stands alone. */
  SPLIT;

  /** Reads the SQLSTATE; whatever is not the server's own answer is a broken connection. */
  public static SqlOutcome of(Throwable failure) {
    if (!(failure instanceof PgException refused)) {
      return RETRY;
    }
    String state = refused.getSqlState();
    if ("25006".equals(state)) {
      return DROP_POOL;
    }
    String kind = state == null || state.length() < 2 ? "08" : state.substring(0, 2);
    return switch (kind) {
      case "08", "28", "40", "53", "55", "57" -> RETRY; // 28: a password is being rotated.
      default -> SPLIT;
    };
  }
}
