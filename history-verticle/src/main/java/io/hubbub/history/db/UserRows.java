package io.hubbub.history.db;

import io.hubbub.api.log.Entry;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.log.Kind;
import io.hubbub.api.query.ConversationRow;
import io.hubbub.api.query.Followed;
import io.hubbub.api.query.ListConversations;
import io.hubbub.api.query.RowOf;
import io.hubbub.api.query.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Conversations as their users see them. Safe from any thread. */
public final class UserRows {
  private static final String WATERMARK =
      "SELECT left(epoch::text, 8), pg_snapshot_xmin(pg_current_snapshot())::text::bigint,"
          + " epoch::text FROM meta";

  /** Who left sees the conversation as it was then. */
  private static final String COLUMNS =
      """
      SELECT c.id, c.kind, m.active, m.left_at, m.read, c.messages - m.read_ord AS unread, c.members,
        CASE WHEN m.active THEN c.name END AS name,
        CASE WHEN m.active THEN c.head ELSE m.left_at END AS head,
        CASE WHEN m.active THEN c.at
          ELSE (SELECT e.at FROM event e WHERE e.conversation = c.id AND e.seq = m.left_at) END AS at,
        CASE WHEN c.kind = 2 THEN coalesce((SELECT o.usr FROM member o
          WHERE o.conversation = c.id AND o.usr <> m.usr LIMIT 1), m.usr)::text END AS peer,
        l.seq AS last_seq, l.sender AS last_sender, l.at AS last_at, l.key AS last_key,
        l.thread AS last_thread, left(l.body, 300) AS last_body, l.rev AS last_rev,
        l.edited AS last_edited, l.deleted AS last_deleted
      FROM member m JOIN conversation c ON c.id = m.conversation
        LEFT JOIN event l ON m.active AND l.conversation = c.id AND l.seq = c.last AND c.last > 0
      WHERE m.usr = $1
      """;

  private static final String BY_ACTIVITY =
      COLUMNS
          + """
          AND m.active AND (c.at, c.id) < ($2, $3)
          ORDER BY c.at DESC, c.id DESC LIMIT $4
          """;

  private static final String CHANGED =
      COLUMNS
          + """
          AND (m.tx >= $2::bigint::text::xid8 OR m.active AND c.tx >= $2::bigint::text::xid8)
          AND c.id > $3 ORDER BY c.id LIMIT $4
          """;

  private static final String ONE = COLUMNS + " AND m.active AND m.conversation = $2";

  private static final String FOLLOWED =
      """
      SELECT c.id, c.head FROM member m JOIN conversation c ON c.id = m.conversation
      WHERE m.usr = $1 AND m.active ORDER BY c.at DESC LIMIT $2
      """;

  private static final UUID LOWEST = new UUID(0, 0);
  private static final UUID HIGHEST = new UUID(-1, -1);

  /** A page of rows and the whole epoch of the log they are from. */
  record Found(String epoch, Rows rows) {}

  private final Database database;
  private final QueryOptions options;

  /** On a database. */
  public UserRows(Database database, QueryOptions options) {
    this.database = database;
    this.options = options;
  }

  /** What changed for a user since a cursor; without one all, the most recently active first. */
  public Future<Rows> list(ListConversations query) {
    return find(query.user(), query.cursor(), query.limit()).map(Found::rows);
  }

  /** The same with the epoch. The watermark is read first, so what changes meanwhile repeats. */
  Future<Found> find(String user, @Nullable String cursor, int asked) {
    int limit = options.rows(asked);
    return database
        .query(WATERMARK, Tuple.tuple())
        .compose(
            meta -> {
              Row row = meta.iterator().next();
              RowCursor at = RowCursor.parse(cursor, row.getString(0), row.getLong(1));
              return read(user, at, limit).map(rows -> new Found(row.getString(2), rows));
            });
  }

  private Future<Rows> read(String user, RowCursor cursor, int limit) {
    boolean all = cursor.since() == 0;
    UUID last = cursor.last();
    UUID bound = last == null ? (all ? HIGHEST : LOWEST) : last;
    long position = all ? cursor.at() : cursor.since();
    return database
        .query(all ? BY_ACTIVITY : CHANGED, Tuple.of(user, position, bound, (long) limit + 1))
        .map(
            found -> {
              List<ConversationRow> rows = rows(found, limit);
              boolean more = found.size() > limit;
              RowCursor next = cursor.through();
              if (more) {
                ConversationRow end = rows.get(rows.size() - 1);
                next = cursor.after(end.at(), end.id());
              }
              return new Rows(rows, more, next.text());
            });
  }

  /** One conversation; fails with {@code not_a_member}. */
  public Future<Rows> one(RowOf query) {
    return database
        .query(ONE, Tuple.of(query.user(), query.conversation()))
        .compose(
            found ->
                found.size() == 0
                    ? Future.failedFuture(new HubbubException(ErrorCode.NOT_A_MEMBER, null))
                    : Future.succeededFuture(new Rows(rows(found, 1), false, "")));
  }

  /** The conversations a user is in, the most recently active first. */
  public Future<List<Followed>> followed(String user, int limit) {
    return database
        .query(FOLLOWED, Tuple.of(user, (long) Math.max(0, limit)))
        .map(
            found -> {
              List<Followed> all = new ArrayList<>(found.size());
              found.forEach(row -> all.add(new Followed(row.getUUID(0), row.getLong(1))));
              return all;
            });
  }

  private static List<ConversationRow> rows(RowSet<Row> found, int limit) {
    List<ConversationRow> rows = new ArrayList<>();
    for (Row row : found) {
      if (rows.size() < limit) {
        rows.add(row(row));
      }
    }
    return rows;
  }

  private static ConversationRow row(Row row) {
    boolean active = row.getBoolean("active");
    return new ConversationRow(
        row.getUUID("id"),
        row.getShort("kind") == 2,
        row.getString("name"),
        row.getString("peer"),
        1,
        row.getLong("head"),
        Pages.number(row.getLong("at")),
        row.getLong("read"),
        active ? row.getLong("unread") : 0,
        last(row),
        !active,
        active ? row.getInteger("members") : 0);
  }

  private static @Nullable Entry last(Row row) {
    Long seq = row.getLong("last_seq");
    if (seq == null) {
      return null;
    }
    return new Entry(
        seq,
        Kind.MESSAGE,
        row.getString("last_sender"),
        row.getLong("last_at"),
        row.getString("last_key"),
        0,
        Pages.number(row.getLong("last_thread")),
        row.getString("last_body"),
        new Entry.State(
            row.getLong("last_rev"),
            row.getBoolean("last_edited"),
            row.getBoolean("last_deleted"),
            Map.of()));
  }
}
