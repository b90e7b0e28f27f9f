package io.hubbub.system.harness;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Keeps every home from appending to conversations, as somebody's long transaction would. */
public final class ConversationLock implements AutoCloseable {
  private final Connection holding;
  private final Connection watching;
  private final String lock;
  private final String waiting;

  private ConversationLock(Postgres postgres, String which) throws SQLException {
    holding = postgres.connect();
    watching = postgres.connect();
    lock = "SELECT FROM conversation " + which + " ORDER BY id FOR UPDATE";
    try {
      int self = numbers(holding, "SELECT pg_backend_pid()").iterator().next();
      waiting = "SELECT pid FROM pg_stat_activity WHERE " + self + " = ANY (pg_blocking_pids(pid))";
      holding.setAutoCommit(false);
      lock();
    } catch (SQLException e) {
      holding.close();
      watching.close();
      throw e;
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

  private void lock() throws SQLException {
    try (Statement statement = holding.createStatement()) {
      statement.execute(lock);
    }
  }

  /** The server's processes that wait for this lock, each one call of a home's lane. */
  public Set<Integer> waiting() throws SQLException {
    return numbers(watching, waiting);
  }

  /** Lets those through who wait now, and locks behind them. */
  public void letThrough() throws Exception {
    Set<Integer> through = waiting();
    holding.rollback();
    Await.until(
        "they go on",
        () ->
            Collections.disjoint(
                through,
                numbers(
                    watching, "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'")));
    lock();
  }

  private static Set<Integer> numbers(Connection connection, String query) throws SQLException {
    Set<Integer> numbers = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        numbers.add(rows.getInt(1));
      }
    }
    return numbers;
  }

  /** Lets go. */
  @Override
  public void close() throws SQLException {
    try {
      holding.rollback();
    } finally {
      holding.close();
      watching.close();
    }
  }
}
