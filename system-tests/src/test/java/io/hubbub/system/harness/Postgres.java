package io.hubbub.system.harness;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A PostgreSQL 18 server of the tests' own, which nodes are given by URL. It keeps what it
 * acknowledges, as a real one must.
 */
public final class Postgres implements AutoCloseable {
  private static final String PASSWORD = "kept-by-the-tests";
  private static final Path PROGRAMS = Path.of("target/postgresql-programs").toAbsolutePath();

  private final EmbeddedPostgres server;

  private Postgres(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Starts an empty server on any free port. */
  public static Postgres start() throws IOException, SQLException {
    return start(FreePorts.one());
  }

  /** Starts an empty server on a port. */
  public static Postgres start(int port) throws IOException, SQLException {
    Path log = Files.createDirectories(Path.of("target/logs")).resolve("postgresql-" + port);
    Path password = Files.createTempFile("hubbub", ".password");
    Files.writeString(password, PASSWORD);
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(PROGRAMS.toFile())
            .setPort(port)
            .setPGStartupWait(Duration.ofSeconds(60))
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", "200")
            .setServerConfig("unix_socket_directories", "")
            .setLocaleConfig("locale", "C.UTF-8")
            .setLocaleConfig("auth", "scram-sha-256")
            .setLocaleConfig("pwfile", password.toString())
            .setConnectConfig("password", PASSWORD)
            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Files.delete(password);
    Postgres postgres = new Postgres(server);
    postgres.sql("CREATE ROLE hubbub LOGIN PASSWORD '" + PASSWORD + "'", "postgres");
    postgres.sql("CREATE DATABASE hubbub OWNER hubbub", "postgres");
    return postgres;
  }

  /** The setting {@code database.url} for it. */
  public String url() {
    return url(server.getPort(), PASSWORD);
  }

  /** The same with a password of one's choice. */
  public static String url(int port, String password) {
    return "postgresql://hubbub:" + password + "@127.0.0.1:" + port + "/hubbub";
  }

  /** The setting for a server that will be started on a port. */
  public static String futureUrl(int port) {
    return url(port, PASSWORD);
  }

  /** Runs a statement in the database of the nodes; the first column of its first row, if any. */
  public String sql(String text) throws SQLException {
    return sql(text, "hubbub");
  }

  private String sql(String text, String database) throws SQLException {
    try (Connection connection = server.getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      if (!statement.execute(text)) {
        return "";
      }
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() ? String.valueOf(rows.getString(1)) : "";
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
