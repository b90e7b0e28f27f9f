package io.hubbub.history.db;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to PostgreSQL: one pool that questions share, and lanes with connections of their own.
 * Opens connections as they are needed; a server that only reads, or an older one after a
 * fail-over, loses all of them. Safe from any thread.
 */
public final class Database {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  /** Longer statements would be prepared anew each time; in characters. */
  private static final int LONGEST_TEXT = 8_192;

  private final Vertx vertx;
  private final DatabaseOptions options;
  private final ServerCheck check = new ServerCheck(() -> drop("a newer timeline answers"));
  private final SaidBefore said = new SaidBefore();
  private Pool pool;
  private boolean closed;

  /** Connects to nothing yet. */
  public Database(Vertx vertx, DatabaseOptions options) {
    this.vertx = vertx;
    this.options = options;
    this.pool = newPool();
  }

  /** Opens a lane's own connection, checked. Fails when the server is away or not fit. */
  public Future<LaneSession> lane() {
    return connectOptions().compose(to -> PgLane.open(vertx, to, check, options, this::laneFailed));
  }

  /** A lane finds out before questions do that its server only reads: theirs may be stale. */
  private void laneFailed(Throwable failure) {
    if (SqlOutcome.of(failure) == SqlOutcome.DROP_POOL) {
      drop("the server only reads");
    }
  }

  /**
   * Runs one statement.
   *
   * @return its rows. Fails with {@link HubbubException}: {@code unavailable} when it may go well
   *     later, {@code bad_text} for U+0000, else {@code internal}, logged
   */
  Future<RowSet<Row>> query(String sql, Tuple arguments) {
    return current()
        .preparedQuery(sql)
        .execute(arguments)
        .timeout(answerMillis(), TimeUnit.MILLISECONDS)
        .onFailure(this::seen)
        .recover(failure -> Future.failedFuture(answer(failure)));
  }

  /** Closes the pool. Lanes are closed by their owners. */
  public Future<Void> close() {
    Pool open;
    synchronized (this) {
      closed = true;
      open = pool;
    }
    return open.close();
  }

  /** Past this no server is at it any more: a wait in the pool, the statement, and some grace. */
  private long answerMillis() {
    return options.connectMillis() + options.statementMillis() + PgLane.GRACE_MILLIS;
  }

  private synchronized Pool current() {
    return pool;
  }

  private void seen(Throwable failure) {
    if (SqlOutcome.of(failure) == SqlOutcome.DROP_POOL) {
      drop("the server only reads");
    } else if (failure instanceof TimeoutException) {
      drop("the server is silent");
    }
  }

  /** Leaves all pooled connections; the next question opens new ones. */
  private void drop(String why) {
    Pool old;
    synchronized (this) {
      if (closed) {
        return;
      }
      old = pool;
      pool = newPool();
    }
    warn("Dropping all connections to " + options + ": " + why);
    old.close().onFailure(failure -> LOG.debug("Closing the old pool", failure));
  }

  private void warn(String what) {
    if (said.isNews(what, TimeUnit.NANOSECONDS.toMillis(System.nanoTime()))) {
      LOG.warn(what);
    } else {
      LOG.debug(what);
    }
  }

  private HubbubException answer(Throwable failure) {
    if (SqlOutcome.of(failure) != SqlOutcome.SPLIT) {
      warn("The database does not answer: " + failure.getMessage());
      return new HubbubException(ErrorCode.UNAVAILABLE, "the database does not answer", 1_000);
    }
    if (failure instanceof PgException refused && "22021".equals(refused.getSqlState())) {
      return new HubbubException(ErrorCode.BAD_TEXT, "U+0000 cannot be kept");
    }
    LOG.error("The database refused a question", failure);
    return new HubbubException(ErrorCode.INTERNAL, "the database refused a question");
  }

  private Pool newPool() {
    return builder().withConnectHandler(this::pooled).build();
  }

  /** A connection that fails its check spoils the pool that it is in: the whole pool goes. */
  private void pooled(SqlConnection connection) {
    check
        .check(connection)
        .onFailure(failure -> drop(String.valueOf(failure.getMessage())))
        .onComplete(done -> connection.close());
  }

  private ClientBuilder<Pool> builder() {
    return PgBuilder.pool()
        .with(
            new PoolOptions()
                .setMaxSize(options.poolSize())
                .setMaxWaitQueueSize(options.waitQueue())
                .setConnectionTimeout((int) options.connectMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
        .with(
            new NetClientOptions()
                .setConnectTimeout((int) options.connectMillis())
                .setTcpKeepAlive(true)
                // What a closed pool was still connecting would stay open for ever.
                .setReadIdleTimeout((int) (2 * answerMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setTcpNoDelay(true))
        .connectingTo(() -> connectOptions().map(to -> to))
        .using(vertx);
  }

  /** Away from event loops, as a file may have to be read. */
  private Future<PgConnectOptions> connectOptions() {
    return vertx.executeBlocking(() -> connectOptions(options.password().read()), false);
  }

  private PgConnectOptions connectOptions(String password) {
    PgConnectOptions to = new PgConnectOptions();
    to.setHost(options.host()).setPort(options.port()).setDatabase(options.database());
    to.setUser(options.user()).setPassword(password);
    to.setCachePreparedStatements(true).setPreparedStatementCacheSqlLimit(LONGEST_TEXT);
    to.addProperty("application_name", "hubbub");
    to.addProperty("default_transaction_isolation", "read committed");
    to.addProperty("lock_timeout", Long.toString(options.lockMillis()));
    to.addProperty("statement_timeout", Long.toString(options.statementMillis()));
    // Every question is a few lookups, whatever the statistics say just then, and is planned once:
    // planning one takes longer than most answers.
    to.addProperty("enable_seqscan", "off");
    to.addProperty("enable_bitmapscan", "off");
    to.addProperty("enable_hashjoin", "off");
    to.addProperty("enable_mergejoin", "off");
    to.addProperty("plan_cache_mode", "force_generic_plan");
    to.addProperty("jit", "off");
    to.addProperty("tcp_keepalives_idle", "10");
    to.addProperty("tcp_keepalives_interval", "3");
    to.addProperty("tcp_keepalives_count", "3");
    SslMode mode = SslMode.of(options.sslMode());
    to.setSslMode(mode);
    if (mode != SslMode.DISABLE) {
      boolean verify = mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_FULL;
      ClientSSLOptions tls =
          new ClientSSLOptions()
              .setTrustAll(!verify)
              .setHostnameVerificationAlgorithm(mode == SslMode.VERIFY_FULL ? "HTTPS" : "");
      if (verify && !options.rootCert().isEmpty()) {
        tls.setTrustOptions(new PemTrustOptions().addCertPath(options.rootCert()));
      }
      to.setSslOptions(tls);
    }
    return to;
  }
}
