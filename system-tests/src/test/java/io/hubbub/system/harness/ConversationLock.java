package io.hubbub.system.harness;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** Keeps every home from appending to conversations, as somebody's long transaction would. */
public final class ConversationLock implements AutoCloseable {
  private final Connection connection;

  private ConversationLock(Postgres postgres, String which) throws SQLException {
    connection = postgres.connect();
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT FROM conversation " + which + " ORDER BY id FOR UPDATE");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Locks all conversations: each once whoever has or awaits its lock now has let go of it. */
  public static ConversationLock all(Postgres postgres) throws SQLException {
    return new ConversationLock(postgres, "");
  }

  /** Locks one conversation. */
  public static ConversationLock of(Postgres postgres, String conversation) throws SQLException {
    return new ConversationLock(postgres, "WHERE id = '" + UUID.fromString(conversation) + "'");
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
