package io.hubbub.bench.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Grows the log to a size. Each step goes on from the one before. */
final class Loader {
  /** A log of fewer messages than this is loaded with its indexes in place. */
  private static final int FEW_CHUNKS = 5;

  /** Conversations of as many chunks stay without messages: an empty log is measured on them. */
  private static final int EMPTY_CHUNKS = 2;

  private final Store store;
  private int filled;

  /** On an empty, migrated database. */
  Loader(Store store) throws SQLException {
    this.store = store;
    try (Connection connection = session()) {
      run(connection, LoadSql.ACCOUNTS);
      for (int i = 1; i <= EMPTY_CHUNKS; i++) {
        conversations(connection, -i);
      }
    }
  }

  /** Grows to about so many messages (whole chunks), then vacuums and writes everything out. */
  void grow(long rows) throws SQLException {
    int wanted = (int) ((rows + LoadSql.CHUNK - 1) / LoadSql.CHUNK);
    try (Connection connection = session()) {
      List<String> indexes = List.of();
      if (wanted - filled > FEW_CHUNKS) {
        indexes = dropIndexes(connection);
      }
      for (; filled < wanted; filled++) {
        conversations(connection, filled);
        chunk(connection, LoadSql.MESSAGES, filled);
        chunk(connection, LoadSql.HEADS, filled);
        chunk(connection, LoadSql.READS, filled);
      }
      for (String index : indexes) {
        run(connection, index);
      }
      run(connection, "VACUUM (ANALYZE)");
      run(connection, "CHECKPOINT");
    }
  }

  private static void conversations(Connection connection, int number) throws SQLException {
    chunk(connection, LoadSql.CONVERSATIONS, number);
    chunk(connection, LoadSql.CREATIONS, number);
    chunk(connection, LoadSql.MEMBERS, number);
  }

  /** Building indexes at the end is several times faster than keeping them up. */
  private static List<String> dropIndexes(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    List<String> again = new ArrayList<>();
    again.add("ALTER TABLE event ADD PRIMARY KEY (conversation, seq)");
    try (Statement sql = connection.createStatement();
        ResultSet row =
            sql.executeQuery(
                "SELECT indexname, indexdef FROM pg_indexes"
                    + " WHERE tablename = 'event' AND indexname <> 'event_pkey'")) {
      while (row.next()) {
        names.add(row.getString(1));
        again.add(row.getString(2));
      }
    }
    run(connection, "ALTER TABLE event DROP CONSTRAINT event_pkey");
    for (String name : names) {
      run(connection, "DROP INDEX " + name);
    }
    return again;
  }

  private Connection session() throws SQLException {
    Connection connection = store.connect();
    run(connection, "SET synchronous_commit = off");
    run(connection, "SET maintenance_work_mem = '512MB'");
    run(connection, "SET work_mem = '64MB'");
    return connection;
  }

  private static void chunk(Connection connection, String statement, int number)
      throws SQLException {
    try (PreparedStatement sql = connection.prepareStatement(statement)) {
      sql.setInt(1, number);
      sql.executeUpdate();
    }
  }

  private static void run(Connection connection, String statement) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }
}
