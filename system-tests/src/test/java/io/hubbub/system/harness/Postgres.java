package io.hubbub.system.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL 18 server of the tests' own, which nodes are given by URL. It keeps what it
 * acknowledges, as a real one must; and everything can be done to it that happens to servers.
 */
public final class Postgres implements AutoCloseable {
  /** The nodes' password. */
  public static final String PASSWORD = "kept-by-the-tests";

  private static final Duration STARTING = Duration.ofSeconds(60);

  private final PostgresFiles files;
  private final List<String> prefix;
  private final String host;
  private final int port;
  private final Path log;
  private @Nullable Postmaster running;

  private Postgres(PostgresFiles files, List<String> prefix, String host, int port)
      throws IOException {
    this.files = files;
    this.prefix = List.copyOf(prefix);
    this.host = host;
    this.port = port;
    this.log =
        Files.createDirectories(Path.of("target/logs")).resolve("postgresql-" + host + "-" + port);
  }

  /** Starts an empty server on any free port. */
  public static Postgres start() throws IOException, SQLException, InterruptedException {
    return start(FreePorts.one());
  }

  /** Starts an empty server on a port. */
  public static Postgres start(int port) throws IOException, SQLException, InterruptedException {
    return start(List.of(), "127.0.0.1", port);
  }

  /**
   * Starts an empty server somewhere else.
   *
   * @param prefix a command that starts a command there; empty for here
   * @param host the address that it listens on
   */
  public static Postgres start(List<String> prefix, String host, int port)
      throws IOException, SQLException, InterruptedException {
    PostgresFiles files = PostgresFiles.fresh(PASSWORD);
    Postgres postgres = new Postgres(files, prefix, host, port);
    try {
      prepare(files);
      files.allow(host);
      postgres.start(Map.of());
      return postgres;
    } catch (Throwable e) {
      postgres.close();
      throw e;
    }
  }

  /** Where nobody waits for it: whoever does must find it whole. */
  private static void prepare(PostgresFiles files)
      throws IOException, SQLException, InterruptedException {
    Postgres unknown = new Postgres(files, List.of(), "127.0.0.1", FreePorts.one());
    unknown.start(Map.of());
    try {
      unknown.sql("CREATE ROLE hubbub LOGIN PASSWORD '" + PASSWORD + "'", "postgres");
      unknown.sql("CREATE DATABASE hubbub OWNER hubbub", "postgres");
    } finally {
      unknown.stop();
    }
  }

  /**
   * Starts a standby of this server, which from now on waits for it with every commit.
   *
   * @return it reads only, until {@link #promote}
   */
  public Postgres standby() throws Exception {
    int other = FreePorts.one();
    Postgres standby = new Postgres(copy(), prefix, host, other);
    try {
      standby.files.followsAsStandby(
          "host=%s port=%d user=postgres password=%s application_name=standby"
              .formatted(host, port, PASSWORD));
      standby.start(Map.of());
      superuser("ALTER SYSTEM SET synchronous_standby_names = 'standby'");
      superuser("SELECT pg_reload_conf()");
      Await.until(
          "the standby is synchronous",
          () -> superuser("SELECT sync_state FROM pg_stat_replication").equals("sync"));
      return standby;
    } catch (Throwable e) {
      standby.close();
      throw e;
    }
  }

  /** Makes a standby the server that writes, on its own. */
  public void promote() throws SQLException {
    superuser("SELECT pg_promote()");
  }

  /** Waits for no standby any more. */
  public void aloneAgain() throws SQLException {
    superuser("ALTER SYSTEM RESET synchronous_standby_names");
    superuser("SELECT pg_reload_conf()");
  }

  /** The setting {@code database.url} for it. */
  public String url() {
    return url(host, port, PASSWORD);
  }

  /** The port that it listens on. */
  public int port() {
    return port;
  }

  /** The address that it listens on. */
  public String host() {
    return host;
  }

  /** The same with a password of one's choice. */
  public static String url(int port, String password) {
    return url("127.0.0.1", port, password);
  }

  private static String url(String host, int port, String password) {
    return "postgresql://hubbub:" + password + "@" + host + ":" + port + "/hubbub";
  }

  /** The setting for a server that will be started on a port. */
  public static String futureUrl(int port) {
    return url(port, PASSWORD);
  }

  /** The same for what stands before a server, somewhere. */
  static String futureUrl(String host, int port) {
    return url(host, port, PASSWORD);
  }

  /** Ends all of its processes at once (SIGKILL), as a crash would; the next start recovers. */
  public void kill() throws IOException, InterruptedException {
    there().kill();
    running = null;
  }

  /** A fast shutdown, which ends all connections. */
  public void stop() throws IOException, InterruptedException {
    there().stop();
    running = null;
  }

  /** Starts it again, on its data and port, and waits until it answers. */
  public void restart() throws IOException, InterruptedException {
    restart(Map.of());
  }

  /** The same, with more environment variables. */
  public void restart(Map<String, String> more) throws IOException, InterruptedException {
    start(more);
  }

  /** Mends all that can be done to it: it runs, answers and takes writes when this returns. */
  public void ensureRunning() throws Exception {
    Postmaster there = running;
    if (there == null || !there.alive()) {
      running = null;
      restart();
    } else {
      thaw();
    }
    awaitAnswer();
    readOnly(false);
    slowCommits(Duration.ZERO);
  }

  /** Stops all of its processes (SIGSTOP): connections stand, nobody answers. */
  public void freeze() throws IOException, InterruptedException {
    there().signal("STOP");
  }

  /** Continues what was frozen. */
  public void thaw() throws IOException, InterruptedException {
    there().signal("CONT");
  }

  /** Ends the connections of all nodes, as an administrator would. */
  public void terminateConnections() throws SQLException {
    superuser(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'hubbub'");
  }

  /** How many connections of nodes there are. */
  public int connections() throws SQLException {
    return Integer.parseInt(
        superuser("SELECT count(*) FROM pg_stat_activity WHERE usename = 'hubbub'"));
  }

  /** Refuses to write from now on, as a server does that is about to lose its place; or not. */
  public void readOnly(boolean on) throws SQLException {
    superuser("ALTER SYSTEM SET default_transaction_read_only = " + (on ? "on" : "off"));
    superuser("SELECT pg_reload_conf()");
  }

  /**
   * Lets every commit wait for so long before it is on the disk, as a slow disk does. What commits
   * meanwhile waits along, and is on the disk with it.
   *
   * @param time 100 ms at most; zero: as fast as it can
   */
  public void slowCommits(Duration time) throws SQLException {
    superuser("ALTER SYSTEM SET commit_delay = " + TimeUnit.NANOSECONDS.toMicros(time.toNanos()));
    superuser("ALTER SYSTEM SET commit_siblings = 0");
    superuser("SELECT pg_reload_conf()");
  }

  /**
   * A copy of its data as of now. Of a running server it is what a crash at this moment would have
   * left: all of it stands still meanwhile.
   */
  public PostgresFiles copy() throws IOException, InterruptedException {
    if (running == null) {
      return files.copy();
    }
    freeze();
    try {
      return files.copy();
    } finally {
      thaw();
    }
  }

  /**
   * Speaks TLS, too, from now on.
   *
   * @return the certificate that it shows, a PEM file
   */
  public Path overTls() throws IOException, InterruptedException, SQLException {
    SelfSigned shown = SelfSigned.in(files.folder(), host);
    superuser("ALTER SYSTEM SET ssl_cert_file = '" + shown.certificate() + "'");
    superuser("ALTER SYSTEM SET ssl_key_file = '" + shown.key() + "'");
    superuser("ALTER SYSTEM SET ssl = on");
    superuser("SELECT pg_reload_conf()");
    return shown.certificate();
  }

  /** Puts a copy in the place of the data of this server, which must not run. */
  public void putBack(PostgresFiles older) throws IOException, InterruptedException {
    if (running != null) {
      throw new IllegalStateException("the server runs");
    }
    files.becomeCopyOf(older);
  }

  /** Waits until a new connection is answered. */
  public void awaitAnswer() throws IOException {
    try {
      Await.until("PostgreSQL answers", STARTING, this::answers);
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  /** Whether a new connection is answered, for reading at least, within some seconds. */
  public boolean reads() {
    try {
      return sql("SELECT 1", "postgres").equals("1");
    } catch (SQLException away) {
      return false;
    }
  }

  private boolean answers() {
    if (!there().alive()) {
      throw new AssertionError("PostgreSQL has ended; see " + log);
    }
    return reads();
  }

  private void start(Map<String, String> more) throws IOException, InterruptedException {
    if (running != null) {
      throw new IllegalStateException("the server runs");
    }
    List<String> command = new ArrayList<>(prefix);
    command.addAll(PostgresPrograms.command("postgres"));
    command.addAll(List.of("-D", files.folder().toString(), "-p", Integer.toString(port)));
    command.addAll(List.of("-h", host, "-k", "", "-c", "max_connections=200"));
    command.addAll(List.of("-c", "fsync=on", "-c", "synchronous_commit=on"));
    command.addAll(List.of("-c", "wal_keep_size=256MB", "-c", "timezone=UTC"));
    // A shutdown waits for whoever has connected and said nothing yet: a minute by default.
    command.addAll(List.of("-c", "authentication_timeout=5s"));
    running = Postmaster.start(command, more, log);
    awaitAnswer();
  }

  /** Runs a statement in the database of the nodes; the first column of its first row, if any. */
  public String sql(String text) throws SQLException {
    return sql(text, "hubbub");
  }

  private String superuser(String text) throws SQLException {
    return sql(text, "postgres");
  }

  /** A connection to the database of the nodes, past everything that stands before it. */
  public Connection connect() throws SQLException {
    return connect("hubbub");
  }

  private Connection connect(String database) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", "postgres");
    login.setProperty("password", PASSWORD);
    login.setProperty("loginTimeout", "3");
    login.setProperty("socketTimeout", "30");
    String url = "jdbc:postgresql://" + host + ":" + port + "/" + database;
    return DriverManager.getConnection(url, login);
  }

  private String sql(String text, String database) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      if (!statement.execute(text)) {
        return "";
      }
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() ? String.valueOf(rows.getString(1)) : "";
      }
    }
  }

  private Postmaster there() {
    Postmaster there = running;
    if (there == null) {
      throw new IllegalStateException("the server does not run");
    }
    return there;
  }

  @Override
  public void close() throws IOException {
    try {
      if (running != null) {
        kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      files.delete();
    }
  }
}
