package io.hubbub.server.database;

import io.hubbub.server.start.StartException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/** Refuses a database server that could forget what it has acknowledged, or that is too old. */
public final class Durability {
  /** The oldest server that is supported, as {@code server_version_num} has it. */
  private static final int OLDEST = 150_000;

  /** {@code local} and {@code off} acknowledge before the standby or the disk has it. */
  private static final Set<String> WAITING = Set.of("on", "remote_write", "remote_apply");

  private Durability() {}

  /**
   * Asks the server.
   *
   * @throws StartException when it may lose acknowledged writes, can't write or is too old
   * @throws SQLException when it can't be asked
   */
  public static void check(Connection connection) throws SQLException, StartException {
    try (Statement sql = connection.createStatement()) {
      int version = Integer.parseInt(show(sql, "server_version_num"));
      if (version < OLDEST) {
        throw new StartException(
            "the database is PostgreSQL " + version / 10_000 + "; 15 or later is needed");
      }
      if (!show(sql, "fsync").equals("on")) {
        throw new StartException(
            "the database runs with fsync=off and can lose acknowledged messages; set fsync=on");
      }
      String commit = show(sql, "synchronous_commit");
      if (!WAITING.contains(commit)) {
        throw new StartException(
            "the database runs with synchronous_commit="
                + commit
                + " and can lose acknowledged messages; set synchronous_commit=on");
      }
      if (show(sql, "in_hot_standby").equals("on")) {
        throw new StartException(
            "the database is a read-only standby; point database.url at the primary (the writer)");
      }
    }
  }

  private static String show(Statement sql, String setting) throws SQLException {
    try (ResultSet row = sql.executeQuery("SHOW " + setting)) {
      row.next();
      return row.getString(1);
    }
  }
}
