package io.hubbub.history.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * One real PostgreSQL per JVM, migrated, as durable as in production. Tests keep apart by their own
 * ids.
 */
public final class TestServer {

  private static final EmbeddedPostgres SERVER = start();

  private TestServer() {}

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("max_connections", "100")
              .start();
      Schema.migrate(server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port it listens on, on 127.0.0.1; user, password and database are all {@code postgres}. */
  public static int port() {
    return SERVER.getPort();
  }

  /** Where it is, for JDBC. */
  public static String jdbcUrl() {
    return SERVER.getJdbcUrl("postgres", "postgres");
  }

  /** A new connection in auto-commit mode; the caller closes it. */
  public static Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), "postgres", "postgres");
  }
}
