package io.hubbub.history.db;

import io.hubbub.api.presence.Chosen;
import io.hubbub.api.presence.Status;
import io.hubbub.api.query.KeepPresence;
import io.hubbub.api.query.KeptPresence;
import io.hubbub.api.query.KeptPresences;
import io.hubbub.api.query.MayWatch;
import io.hubbub.api.query.ReadPresence;
import io.hubbub.api.query.Users;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is kept of users' presence, and who may see whose. Safe from any thread. */
public final class Presences {
  /**
   * The one rule of who may see whom: oneself; and, where neither blocks the other, friends,
   * members of a shared small room, the other side of a direct conversation.
   */
  private static final String MAY_WATCH =
      """
      SELECT w.usr FROM unnest($2::text[]) w (usr)
        LEFT JOIN friendship f ON f.low = least($1 COLLATE "C", w.usr COLLATE "C")
          AND f.high = greatest($1 COLLATE "C", w.usr COLLATE "C")
      WHERE w.usr = $1 OR coalesce(f.blocks, 0) = 0 AND (f.asks = 3 OR EXISTS (
        SELECT 1 FROM member t JOIN conversation c ON c.id = t.conversation
          JOIN member m ON m.conversation = t.conversation AND m.usr = $1
        WHERE t.usr = w.usr COLLATE "C" AND t.active AND m.active AND (c.kind = 2 OR c.members <= $3)))
      """;

  private static final String READ =
      """
      SELECT NULL::text, 0::smallint, now_ms(), 0::bigint
      UNION ALL
      SELECT usr::text, chosen, chosen_at, last_seen FROM presence WHERE usr = ANY ($1::text[])
      """;

  /** In order of user, so that two who write at once wait for each other and no more. */
  private static final String KEEP =
      """
      INSERT INTO presence (usr, chosen, chosen_at, last_seen)
      SELECT r.usr, r.chosen, r.chosen_at, r.last_seen
      FROM unnest($1::text[], $2::smallint[], $3::bigint[], $4::bigint[])
        r (usr, chosen, chosen_at, last_seen) ORDER BY r.usr COLLATE "C"
      ON CONFLICT (usr) DO UPDATE SET
        chosen = CASE WHEN excluded.chosen_at > presence.chosen_at
          THEN excluded.chosen ELSE presence.chosen END,
        chosen_at = greatest(excluded.chosen_at, presence.chosen_at),
        last_seen = greatest(excluded.last_seen, presence.last_seen)
      """;

  private final Database database;

  /** On a database. */
  public Presences(Database database) {
    this.database = database;
  }

  /** Those of some users that a user may see. */
  public Future<Users> mayWatch(MayWatch query) {
    String[] candidates = query.candidates().toArray(String[]::new);
    return database
        .query(
            MAY_WATCH,
            Tuple.tuple()
                .addString(query.user())
                .addArrayOfString(candidates)
                .addInteger(query.members()))
        .map(Presences::users);
  }

  /** The users that rows begin with. */
  static Users users(RowSet<Row> rows) {
    List<String> users = new ArrayList<>(rows.size());
    rows.forEach(row -> users.add(row.getString(0)));
    return new Users(users);
  }

  /** What is kept of users; those of whom nothing is are missing. */
  public Future<KeptPresences> read(ReadPresence query) {
    return database
        .query(READ, Tuple.tuple().addArrayOfString(query.users().toArray(String[]::new)))
        .map(
            rows -> {
              long now = 0;
              List<KeptPresence> kept = new ArrayList<>(rows.size());
              for (Row row : rows) {
                String user = row.getString(0);
                if (user == null) {
                  now = row.getLong(2);
                } else {
                  Chosen chosen = new Chosen(Status.ofCode(row.getShort(1)), row.getLong(2));
                  kept.add(new KeptPresence(user, chosen, row.getLong(3)));
                }
              }
              return new KeptPresences(now, kept);
            });
  }

  /** Keeps what is later than what is kept. */
  public Future<Void> keep(KeepPresence query) {
    List<KeptPresence> rows =
        query.rows().stream().sorted(Comparator.comparing(KeptPresence::user)).toList();
    return database
        .query(
            KEEP,
            Tuple.tuple()
                .addArrayOfString(rows.stream().map(KeptPresence::user).toArray(String[]::new))
                .addArrayOfShort(
                    rows.stream()
                        .map(row -> (short) row.chosen().status().code())
                        .toArray(Short[]::new))
                .addArrayOfLong(rows.stream().map(row -> row.chosen().at()).toArray(Long[]::new))
                .addArrayOfLong(rows.stream().map(KeptPresence::lastSeen).toArray(Long[]::new)))
        .mapEmpty();
  }
}
