package io.hubbub.history.db;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Lookups stay lookups where most conversations have one entry: the tables' statistics say so. */
class PlanTest {

  private static String plan(Db db, String sql, Object... arguments) throws SQLException {
    StringBuilder plan = new StringBuilder();
    for (List<Object> line : db.all("EXPLAIN " + sql, arguments)) {
      plan.append(line.get(0)).append('\n');
    }
    return plan.toString();
  }

  @Test
  void aKeyIsLookedUpByItsIndex() throws SQLException {
    try (Db db = new Db()) {
      db.connection.setAutoCommit(false);
      db.update("SET LOCAL enable_seqscan = off");
      db.update("SET LOCAL enable_bitmapscan = off");
      db.update(
          "INSERT INTO event (conversation, seq, kind, sender, at, key, ord) SELECT"
              + " gen_random_uuid(), 1, 7, 'u' || g, 1, 'k', 0 FROM generate_series(1, 20000) g");
      db.update(
          "INSERT INTO member (conversation, usr, joined) SELECT gen_random_uuid(), 'u' || g, 1"
              + " FROM generate_series(1, 20000) g");
      db.update("ANALYZE event");
      db.update("ANALYZE member");
      UUID id = UUID.randomUUID();
      String key =
          plan(
              db, "SELECT * FROM event WHERE conversation = ? AND sender = 'u1' AND key = 'k'", id);
      assertTrue(key.contains("event_key") && !key.contains("Filter"), key);
      String entry = plan(db, "SELECT * FROM event WHERE conversation = ? AND seq = 5", id);
      assertTrue(entry.contains("event_pkey") && !entry.contains("Filter"), entry);
      String member = plan(db, "SELECT * FROM member WHERE conversation = ? AND usr = 'u1'", id);
      assertTrue(member.contains("member_pkey") && !member.contains("Filter"), member);
      String page =
          plan(
              db,
              "SELECT * FROM event WHERE conversation = ? AND seq > 5 ORDER BY seq LIMIT 100",
              id);
      assertTrue(page.contains("event_pkey") && !page.contains("Sort"), page);
      db.connection.rollback();
    }
  }
}
