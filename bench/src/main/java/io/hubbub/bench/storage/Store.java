package io.hubbub.bench.storage;

import io.hubbub.bench.machine.Database;
import io.hubbub.history.db.DatabaseOptions;
import io.hubbub.history.db.Password;
import io.hubbub.history.db.Schema;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * One log: a database of the server.
 *
 * @param host where the server is
 * @param port its TCP port
 * @param name the database's
 * @param user who logs in
 * @param password the user's
 */
record Store(String host, int port, String name, String user, String password) {
  private static final int PATIENT_MILLIS = 60_000;

  /** The server's own database. */
  static Store of(Database database) {
    URI url = URI.create(database.url());
    String[] login = url.getUserInfo().split(":", 2);
    return new Store(url.getHost(), url.getPort(), url.getPath().substring(1), login[0], login[1]);
  }

  /** A new, empty database beside this one. */
  Store beside(String other) throws SQLException {
    try (Connection connection = connect();
        Statement sql = connection.createStatement()) {
      sql.execute("CREATE DATABASE " + other);
    }
    return new Store(host, port, other, user, password);
  }

  /** Brings it to the product's schema, as the product does. */
  void migrate() {
    Schema.migrate(jdbcUrl(), user, password);
  }

  /** A new connection by JDBC, which the caller closes. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), user, password);
  }

  /** The first column of the first row of a query. */
  String one(String query) throws SQLException {
    try (Connection connection = connect();
        Statement sql = connection.createStatement();
        ResultSet row = sql.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  /** As the product connects, with one connection for questions. */
  DatabaseOptions options() {
    return new DatabaseOptions(
        host,
        port,
        name,
        user,
        Password.of(password),
        "disable",
        "",
        1,
        10,
        PATIENT_MILLIS,
        PATIENT_MILLIS,
        PATIENT_MILLIS);
  }

  private String jdbcUrl() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + name;
  }
}
