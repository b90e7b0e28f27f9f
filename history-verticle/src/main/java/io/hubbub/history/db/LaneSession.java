package io.hubbub.history.db;

import io.hubbub.api.log.Command;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A lane's own connection to the database: one call of {@code append} at a time. */
public interface LaneSession {
  /**
   * Appends a batch in one transaction.
   *
   * @param deadline database time, epoch milliseconds, after which nothing is done
   * @return one result per command, in order; empty when the deadline had passed. Fails with what
   *     {@link SqlOutcome} classifies
   */
  Future<Optional<List<Appended>>> append(List<Command> commands, long deadline);

  /** Whether the log holds this entry with this time: if not, the log went back. */
  Future<Boolean> holds(UUID conversation, long seq, long at);

  /** The database's clock, epoch milliseconds. */
  Future<Long> now();

  /** Hears when the connection has ended, whoever ended it. */
  default void onClose(Runnable ended) {}

  /** Closes the connection. */
  Future<Void> close();
}
