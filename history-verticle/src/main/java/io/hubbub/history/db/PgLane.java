package io.hubbub.history.db;

import io.hubbub.api.log.Command;
import io.vertx.core.Future;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection of its own for one lane. Confined to the context that opened it. */
final class PgLane implements LaneSession {
  private static final Logger LOG = LoggerFactory.getLogger(PgLane.class);
  private static final String APPEND =
      "SELECT i, status, seq, at, ord, target, members, head, made"
          + " FROM append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
  private static final String HOLDS =
      "SELECT EXISTS (SELECT FROM event WHERE conversation = $1 AND seq = $2 AND at = $3)";

  /** How much longer than the server's own limit to wait for an answer before giving up on it. */
  static final long GRACE_MILLIS = 2_000;

  private final Pool owner;
  private final SqlConnection connection;
  private final long answerMillis;

  private PgLane(Pool owner, SqlConnection connection, long answerMillis) {
    this.owner = owner;
    this.connection = connection;
    this.answerMillis = answerMillis;
    connection.exceptionHandler(failure -> LOG.debug("A lane's connection broke", failure));
  }

  static Future<LaneSession> open(
      ClientBuilder<Pool> builder, ServerCheck check, DatabaseOptions options) {
    Pool owner = builder.build();
    long answer = options.statementMillis() + GRACE_MILLIS;
    return owner
        .getConnection()
        .compose(
            connection ->
                check
                    .check(connection)
                    .timeout(answer, TimeUnit.MILLISECONDS)
                    .<LaneSession>map(new PgLane(owner, connection, answer)))
        .onFailure(failure -> owner.close());
  }

  @Override
  public Future<Optional<List<Appended>>> append(List<Command> commands, long deadline) {
    return within(
        connection
            .preparedQuery(APPEND)
            .execute(AppendCodec.encode(commands, deadline))
            .map(rows -> AppendCodec.decode(commands, rows)));
  }

  @Override
  public Future<Boolean> holds(UUID conversation, long seq, long at) {
    return within(
        connection
            .preparedQuery(HOLDS)
            .execute(Tuple.of(conversation, seq, at))
            .map(rows -> rows.iterator().next().getBoolean(0)));
  }

  @Override
  public Future<Long> now() {
    return within(
        connection
            .query("SELECT now_ms()")
            .execute()
            .map(rows -> rows.iterator().next().getLong(0)));
  }

  @Override
  public Future<Void> close() {
    return connection.close().otherwiseEmpty().compose(done -> owner.close());
  }

  private <T> Future<T> within(Future<T> answer) {
    return answer.timeout(answerMillis, TimeUnit.MILLISECONDS);
  }
}
