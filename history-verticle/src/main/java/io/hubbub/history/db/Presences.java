package io.hubbub.history.db;

import io.hubbub.api.presence.Chosen;
import io.hubbub.api.presence.Status;
import io.hubbub.api.query.KeepPresence;
import io.hubbub.api.query.KeptPresence;
import io.hubbub.api.query.KeptPresences;
import io.hubbub.api.query.ReadPresence;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is kept of users' presence. Safe from any thread. */
public final class Presences {
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
