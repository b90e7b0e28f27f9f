package io.hubbub.bench.machine;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/**
 * A PostgreSQL server of the run's own that keeps what it acknowledges ({@code fsync} and {@code
 * synchronous_commit} on, proved after the start), so that every durable contestant pays for it.
 */
public final class Database implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final String NAME = "hubbub";
  private static final Duration STARTING = Duration.ofSeconds(60);

  private static final Map<String, String> SERVER =
      Map.of(
          "fsync", "on",
          "synchronous_commit", "on",
          "full_page_writes", "on",
          "max_connections", "200",
          "max_wal_size", "4GB",
          "shared_buffers", "1GB",
          "unix_socket_directories", "",
          "jit", "off");

  private final EmbeddedPostgres server;
  private final int port;
  private final long pid;

  private Database(EmbeddedPostgres server, int port, long pid) {
    this.server = server;
    this.port = port;
    this.pid = pid;
  }

  /**
   * Starts an empty server.
   *
   * @param folder where its data and log go; removed by nobody
   */
  public static Database start(Path folder) throws IOException, SQLException {
    Files.createDirectories(folder);
    int port = freePort();
    Path data = folder.resolve("postgresql");
    ProcessBuilder.Redirect log =
        ProcessBuilder.Redirect.appendTo(folder.resolve("postgresql.log").toFile());
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(true)
            .setPGStartupWait(STARTING)
            .setPort(port)
            .setOutputRedirector(log)
            .setErrorRedirector(log)
            .setLocaleConfig("locale", "C")
            .setLocaleConfig("locale-provider", "builtin")
            .setLocaleConfig("builtin-locale", "C.UTF-8");
    SERVER.forEach(builder::setServerConfig);
    EmbeddedPostgres server = builder.start();
    long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    Database database = new Database(server, port, pid);
    database.prepare();
    return database;
  }

  /** A port of the loopback address that nobody listens on just now. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void prepare() throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement()) {
      for (String setting : new String[] {"fsync", "synchronous_commit"}) {
        try (ResultSet row = sql.executeQuery("SHOW " + setting)) {
          row.next();
          if (!row.getString(1).equals("on")) {
            throw new IllegalStateException(setting + " is not on");
          }
        }
      }
      sql.execute("CREATE ROLE " + NAME + " LOGIN SUPERUSER PASSWORD '" + NAME + "'");
      sql.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
    }
  }

  /** As the setting {@code database.url} takes it. */
  public String url() {
    return "postgresql://" + NAME + ":" + NAME + "@" + HOST + ":" + port + "/" + NAME;
  }

  /** A new connection by JDBC, which the caller closes. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://" + HOST + ":" + port + "/" + NAME, NAME, NAME);
  }

  /** Runs statements. */
  public void run(String statements) throws SQLException {
    try (Connection connection = connect();
        Statement sql = connection.createStatement()) {
      sql.execute(statements);
    }
  }

  /** The first column of the first row of a query. */
  public String one(String query) throws SQLException {
    try (Connection connection = connect();
        Statement sql = connection.createStatement();
        ResultSet row = sql.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  /** As the server names it. */
  public String version() throws SQLException {
    return one("SELECT split_part(version(), ' ', 2)");
  }

  /** CPU seconds of the whole server so far. */
  public double cpu() {
    return Proc.cpuOfFamily(pid);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
