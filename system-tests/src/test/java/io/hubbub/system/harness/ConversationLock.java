package io.hubbub.system.harness;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Keeps every home from appending to conversations, as somebody's long transaction would. */
public final class ConversationLock implements AutoCloseable {
  private final Connection connection;
  private final String lock;

  private ConversationLock(Postgres postgres, String which) throws SQLException {
    connection = postgres.connect();
    lock = "SELECT FROM conversation " + which + " ORDER BY id FOR UPDATE";
    try {
      connection.setAutoCommit(false);
      lock();
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private void lock() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(lock);
    }
  }

  /** Locks all conversations, once those who are appending just now have done so. */
  public static ConversationLock all(Postgres postgres) throws SQLException {
    return new ConversationLock(postgres, "");
  }

  /** Locks some conversations. */
  public static ConversationLock of(Postgres postgres, List<String> some) throws SQLException {
    String ids =
        some.stream().map(id -> "'" + UUID.fromString(id) + "'").collect(Collectors.joining(","));
    return new ConversationLock(postgres, "WHERE id IN (" + ids + ")");
  }

  /** Lets those through who wait now, one call of each home's lane, and locks behind them. */
  public void letThrough() throws SQLException {
    connection.rollback();
    lock();
  }

  /** Lets go. */
  @Override
  public void close() throws SQLException {
    try {
      connection.rollback();
    } finally {
      connection.close();
    }
  }
}
