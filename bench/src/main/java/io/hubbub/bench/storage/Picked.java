package io.hubbub.bench.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A conversation that calls are made on.
 *
 * @param id which
 * @param head its newest number when it was picked
 * @param users up to 32 of its members
 */
record Picked(UUID id, long head, List<String> users) {
  private static final String RANDOM =
      """
      SELECT c.id, c.head, (ARRAY(SELECT m.usr FROM member m
        WHERE m.conversation = c.id AND m.active LIMIT 32))::text[]
      FROM conversation c WHERE c.id IN (
        SELECT id FROM conversation WHERE messages >= ? ORDER BY md5(id::text || ?) LIMIT ?)
      """;

  /** Users who are in so many conversations each, picked at random; made for the purpose. */
  private static final String JOIN =
      """
      WITH pick AS (
        SELECT id, messages, head, row_number() OVER (ORDER BY md5(id::text || ?)) - 1 AS n
        FROM conversation)
      INSERT INTO member (conversation, usr, joined, read, read_ord, delivered)
      SELECT p.id, ? || p.n / ?, 1, greatest(1, p.head - p.n % 20),
        greatest(0, p.messages - p.n % 20), p.head
      FROM pick p WHERE p.n < ? * ?
      """;

  /** Some of at least so many messages; the same ones for the same seed and log. */
  static List<Picked> some(Store store, String seed, int messages, int count) throws SQLException {
    List<Picked> picked = new ArrayList<>();
    try (Connection connection = store.connect();
        PreparedStatement sql = connection.prepareStatement(RANDOM)) {
      sql.setInt(1, messages);
      sql.setString(2, seed);
      sql.setInt(3, count);
      try (ResultSet row = sql.executeQuery()) {
        while (row.next()) {
          String[] users = (String[]) row.getArray(3).getArray();
          picked.add(new Picked(row.getObject(1, UUID.class), row.getLong(2), List.of(users)));
        }
      }
    }
    return picked;
  }

  /** Makes users, each in as many conversations as asked for, and gives their ids. */
  static List<String> users(Store store, String prefix, int count, int conversations)
      throws SQLException {
    try (Connection connection = store.connect();
        PreparedStatement sql = connection.prepareStatement(JOIN)) {
      sql.setString(1, prefix);
      sql.setString(2, prefix);
      sql.setInt(3, conversations);
      sql.setInt(4, count);
      sql.setInt(5, conversations);
      sql.executeUpdate();
    }
    List<String> users = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      users.add(prefix + i);
    }
    return users;
  }
}
