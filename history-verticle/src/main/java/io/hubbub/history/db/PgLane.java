package io.hubbub.history.db;

import io.hubbub.api.log.Command;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection of its own for one lane. Confined to the context that opened it. */
final class PgLane implements LaneSession {
  private static final Logger LOG = LoggerFactory.getLogger(PgLane.class);
  private static final String APPEND =
      "SELECT i, status, seq, at, ord, target, members, head, made"
          + " FROM append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
  private static final String HOLDS =
      "SELECT EXISTS (SELECT FROM event WHERE conversation = $1 AND seq = $2 AND at = $3)";

  /** How much longer than the server's own limit to wait for an answer before giving up on it. */
  static final long GRACE_MILLIS = 2_000;

  /**
   * For how many batches after one with a repeated key, a failure or a new direct conversation the
   * database looks before it writes: a batch that it has to undo costs twice and leaves dead rows.
   */
  private static final int LOOKS = 50;

  private final SqlConnection connection;
  private final ServerCheck check;
  private final long timeline;
  private final long answerMillis;
  private final Consumer<Throwable> failed;
  private int looks;

  private PgLane(
      SqlConnection connection,
      ServerCheck check,
      long timeline,
      long answerMillis,
      Consumer<Throwable> failed) {
    this.connection = connection;
    this.check = check;
    this.timeline = timeline;
    this.answerMillis = answerMillis;
    this.failed = failed;
    connection.exceptionHandler(failure -> LOG.debug("A lane's connection broke", failure));
  }

  /**
   * Connects, without a pool: one that is closed while it connects leaves the connection open for
   * ever. What comes too late is closed when it comes.
   *
   * @param failed hears why batches fail
   */
  static Future<LaneSession> open(
      Vertx vertx,
      PgConnectOptions to,
      ServerCheck check,
      DatabaseOptions options,
      Consumer<Throwable> failed) {
    long answer = options.statementMillis() + GRACE_MILLIS;
    Future<PgConnection> connecting = PgConnection.connect(vertx, to);
    return connecting
        .timeout(options.connectMillis(), TimeUnit.MILLISECONDS)
        .compose(
            connection ->
                check
                    .check(connection)
                    .timeout(answer, TimeUnit.MILLISECONDS)
                    .<LaneSession>map(
                        timeline -> new PgLane(connection, check, timeline, answer, failed)))
        .onFailure(failure -> connecting.onSuccess(PgConnection::close));
  }

  @Override
  public Future<Optional<List<Appended>>> append(List<Command> commands, long deadline) {
    if (!check.current(timeline)) {
      return Future.failedFuture(
          new IllegalStateException("this server lost its place: a newer timeline has answered"));
    }
    return within(
            connection
                .preparedQuery(APPEND)
                .execute(AppendCodec.encode(commands, deadline).addBoolean(looks > 0))
                .map(rows -> AppendCodec.decode(commands, rows)))
        .onSuccess(this::learn)
        .onFailure(failed::accept);
  }

  private void learn(Optional<List<Appended>> results) {
    boolean plain =
        results.isPresent()
            && results.get().stream().allMatch(row -> row.entry() != null && !row.made());
    looks = plain ? Math.max(0, looks - 1) : LOOKS;
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
  public void onClose(Runnable ended) {
    connection.closeHandler(closed -> ended.run());
  }

  @Override
  public Future<Void> close() {
    return connection
        .close()
        .timeout(GRACE_MILLIS, TimeUnit.MILLISECONDS)
        .otherwiseEmpty()
        .mapEmpty();
  }

  private <T> Future<T> within(Future<T> answer) {
    return answer.timeout(answerMillis, TimeUnit.MILLISECONDS);
  }
}
