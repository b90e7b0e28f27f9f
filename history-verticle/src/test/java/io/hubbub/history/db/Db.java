package io.hubbub.history.db;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The functions of the schema as tests call them, over JDBC. Not safe for two threads. */
final class Db implements AutoCloseable {

  /** What {@code append} answers for a row. */
  record Result(
      int i,
      int status,
      long seq,
      long at,
      long ord,
      long target,
      int members,
      long head,
      boolean made) {}

  /** What {@code mark_read} answers for a row. */
  record Mark(int status, long read, long delivered, long unread) {}

  static final long LATER = Long.MAX_VALUE;

  final Connection connection;
  private final PreparedStatement append;

  Db() throws SQLException {
    connection = TestServer.connect();
    append = connection.prepareStatement("SELECT * FROM append(?,?,?,?,?,?,?,?,?,?,?,?)");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** Makes accounts that are not there yet. */
  void accounts(String... users) throws SQLException {
    for (String user : users) {
      update(
          "INSERT INTO account (id, folded, name) VALUES (?, lower(?), ?) ON CONFLICT DO NOTHING",
          user,
          user,
          user);
    }
  }

  /** A new room of these users; the first is its owner. */
  UUID room(String... users) throws SQLException {
    accounts(users);
    UUID id = UUID.randomUUID();
    List<Object> status =
        one(
            "SELECT status FROM create_room(?, ?, ?, ?, ?)",
            id,
            users[0],
            "a room",
            users,
            "create-" + id);
    if (!status.equals(List.of(0))) {
      throw new IllegalStateException("create_room: " + status);
    }
    return id;
  }

  List<Result> append(Row... rows) throws SQLException {
    return append(LATER, Arrays.asList(rows));
  }

  /** The only result of the only row. */
  Result one(Row row) throws SQLException {
    return append(row).get(0);
  }

  List<Result> append(long deadline, List<Row> rows) throws SQLException {
    return append(deadline, rows, false);
  }

  /** The same; {@code look} asks for the long way at once. */
  List<Result> append(long deadline, List<Row> rows, boolean look) throws SQLException {
    append.setArray(1, array("uuid", rows, Row::conversation));
    append.setArray(2, array("text", rows, Row::user));
    append.setArray(3, array("int2", rows, row -> (short) row.kind()));
    append.setArray(4, array("text", rows, Row::key));
    append.setArray(
        5,
        connection.createArrayOf(
            "bytea", rows.stream().map(Row::fingerprint).toArray(byte[][]::new)));
    append.setArray(6, array("int8", rows, Row::target));
    append.setArray(7, array("int8", rows, Row::thread));
    append.setArray(8, array("text", rows, Row::body));
    append.setArray(9, array("text", rows, Row::peer));
    append.setArray(10, array("bool", rows, Row::privileged));
    append.setLong(11, deadline);
    append.setBoolean(12, look);
    List<Result> results = new ArrayList<>();
    try (ResultSet set = append.executeQuery()) {
      while (set.next()) {
        results.add(
            new Result(
                set.getInt(1),
                set.getInt(2),
                set.getLong(3),
                set.getLong(4),
                set.getLong(5),
                set.getLong(6),
                set.getInt(7),
                set.getLong(8),
                set.getBoolean(9)));
      }
    }
    return results;
  }

  List<Mark> markRead(List<UUID> conversations, List<String> users, List<Long> read)
      throws SQLException {
    List<Mark> marks = new ArrayList<>();
    try (PreparedStatement call =
        connection.prepareStatement(
            "SELECT status, read, delivered, unread FROM mark_read(?, ?, ?, ?) ORDER BY i")) {
      call.setArray(1, array("uuid", conversations, value -> value));
      call.setArray(2, array("text", users, value -> value));
      call.setArray(3, array("int8", read, value -> value));
      call.setArray(4, array("int8", read, value -> value));
      try (ResultSet set = call.executeQuery()) {
        while (set.next()) {
          marks.add(new Mark(set.getInt(1), set.getLong(2), set.getLong(3), set.getLong(4)));
        }
      }
    }
    return marks;
  }

  /** The columns of the only row, nulls as the text "null". */
  List<Object> one(String sql, Object... arguments) throws SQLException {
    List<List<Object>> rows = all(sql, arguments);
    if (rows.size() != 1) {
      throw new IllegalStateException(rows.size() + " rows");
    }
    return rows.get(0);
  }

  List<List<Object>> all(String sql, Object... arguments) throws SQLException {
    List<List<Object>> rows = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, arguments);
      try (ResultSet set = statement.executeQuery()) {
        int columns = set.getMetaData().getColumnCount();
        while (set.next()) {
          List<Object> row = new ArrayList<>();
          for (int i = 1; i <= columns; i++) {
            Object value = set.getObject(i);
            row.add(value == null ? "null" : value);
          }
          rows.add(row);
        }
      }
    }
    return rows;
  }

  int update(String sql, Object... arguments) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, arguments);
      return statement.executeUpdate();
    }
  }

  private void bind(PreparedStatement statement, Object... arguments) throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] instanceof String[] texts) {
        statement.setArray(i + 1, connection.createArrayOf("text", texts));
      } else {
        statement.setObject(i + 1, arguments[i]);
      }
    }
  }

  private <T> Array array(String type, List<T> rows, Function<T, @Nullable Object> field)
      throws SQLException {
    return connection.createArrayOf(type, rows.stream().map(field).toArray());
  }
}
