package io.hubbub.history.db;

import io.hubbub.api.log.Entry;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.log.Kind;
import io.hubbub.api.query.ConversationRow;
import io.hubbub.api.query.Followed;
import io.hubbub.api.query.ListConversations;
import io.hubbub.api.query.ListUnread;
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
      """;

  private static final String BY_ACTIVITY =
      COLUMNS
          + """
          WHERE m.usr = a.usr AND NOT a.changed AND m.active AND (c.at, c.id) < (a.place, a.last)
          ORDER BY c.at DESC, c.id DESC LIMIT a.most
          """;

  private static final String CHANGED =
      COLUMNS
          + """
          WHERE m.usr = a.usr AND a.changed AND c.id > a.last
            AND (m.tx >= a.place::text::xid8 OR m.active AND c.tx >= a.place::text::xid8)
          ORDER BY c.id LIMIT a.most
          """;

  /** Of the two one is empty for each reading, so each keeps its order. */
  private static final String READ =
      "SELECT a.i, r.* FROM unnest($1::text[], $2::boolean[], $3::bigint[], $4::uuid[], $5::bigint[])"
          + " WITH ORDINALITY a (usr, changed, place, last, most, i)"
          + (" CROSS JOIN LATERAL ((" + BY_ACTIVITY + ") UNION ALL (" + CHANGED + ")) r");

  private static final String ONE =
      COLUMNS + " WHERE m.usr = $1 AND m.active AND m.conversation = $2";

  private static final String UNREAD =
      COLUMNS
          + """
          WHERE m.usr = $1 AND m.active AND c.messages > m.read_ord
          ORDER BY c.at DESC, c.id DESC LIMIT $2
          """;

  private static final String FOLLOWED =
      """
      SELECT a.i, f.id, f.head FROM unnest($1::text[], $2::bigint[])
        WITH ORDINALITY a (usr, most, i) CROSS JOIN LATERAL (
          SELECT c.id, c.head FROM member m JOIN conversation c ON c.id = m.conversation
          WHERE m.usr = a.usr AND m.active ORDER BY c.at DESC LIMIT a.most) f
      """;

  private static final UUID LOWEST = new UUID(0, 0);
  private static final UUID HIGHEST = new UUID(-1, -1);

  /**
   * What is to be read of a user's conversations.
   *
   * @param user whose
   * @param cursor from where on
   * @param limit how many rows at most
   */
  record Reading(String user, RowCursor cursor, int limit) {}

  /**
   * Somebody who follows conversations.
   *
   * @param user who
   * @param limit how many at most
   */
  record Follower(String user, int limit) {}

  private final Database database;
  private final QueryOptions options;

  /** On a database. */
  public UserRows(Database database, QueryOptions options) {
    this.database = database;
    this.options = options;
  }

  /**
   * What changed for a user since a cursor; without one all, the most recently active first. The
   * watermark is read first, so what changes meanwhile repeats.
   */
  public Future<Rows> list(ListConversations query) {
    return Moment.read(database)
        .compose(now -> read(List.of(reading(query.user(), query.cursor(), query.limit(), now))))
        .map(pages -> pages.get(0));
  }

  /** Those with unread messages, and where to go on from. */
  Future<Rows> unread(ListUnread query) {
    int limit = options.rows(query.limit());
    return Moment.read(database)
        .compose(
            now -> {
              RowCursor place = RowCursor.parse(query.place(), now);
              String cursor =
                  query.place() != null && place.since() > 0
                      ? query.place()
                      : RowCursor.parse(null, now).through().text();
              return database
                  .query(UNREAD, Tuple.of(query.user(), limit + 1L))
                  .map(found -> unread(found, limit, cursor));
            });
  }

  private static Rows unread(RowSet<Row> found, int limit, String cursor) {
    List<ConversationRow> rows = new ArrayList<>(found.size());
    found.forEach(row -> rows.add(row(row)));
    return new Rows(
        List.copyOf(rows.subList(0, Math.min(limit, rows.size()))), rows.size() > limit, cursor);
  }

  /** What to read for a cursor that a client sent, within the bounds of an answer. */
  Reading reading(String user, @Nullable String cursor, int asked, Moment now) {
    return new Reading(user, RowCursor.parse(cursor, now), options.rows(asked));
  }

  /** A page for each of several readings, in one statement. */
  Future<List<Rows>> read(List<Reading> readings) {
    if (readings.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    int count = readings.size();
    String[] users = new String[count];
    Boolean[] changed = new Boolean[count];
    Long[] places = new Long[count];
    UUID[] lasts = new UUID[count];
    Long[] most = new Long[count];
    for (int i = 0; i < count; i++) {
      RowCursor cursor = readings.get(i).cursor();
      boolean all = cursor.since() == 0;
      UUID last = cursor.last();
      users[i] = readings.get(i).user();
      changed[i] = !all;
      places[i] = all ? cursor.at() : cursor.since();
      lasts[i] = last == null ? (all ? HIGHEST : LOWEST) : last;
      most[i] = readings.get(i).limit() + 1L;
    }
    Tuple arguments = Tuple.tuple().addArrayOfString(users).addArrayOfBoolean(changed);
    arguments.addArrayOfLong(places).addArrayOfUUID(lasts).addArrayOfLong(most);
    return database.query(READ, arguments).map(found -> pages(readings, found));
  }

  private static List<Rows> pages(List<Reading> readings, RowSet<Row> found) {
    List<List<ConversationRow>> all = new ArrayList<>();
    readings.forEach(reading -> all.add(new ArrayList<>()));
    for (Row row : found) {
      all.get(index(row)).add(row(row));
    }
    List<Rows> pages = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      pages.add(page(readings.get(i), all.get(i)));
    }
    return pages;
  }

  /** One row more than asked for says that there are more. */
  private static Rows page(Reading reading, List<ConversationRow> found) {
    if (found.size() <= reading.limit()) {
      return new Rows(found, false, reading.cursor().through().text());
    }
    List<ConversationRow> rows = List.copyOf(found.subList(0, reading.limit()));
    ConversationRow end = rows.get(rows.size() - 1);
    return new Rows(rows, true, reading.cursor().after(end.at(), end.id()).text());
  }

  private static int index(Row row) {
    return (int) (row.getLong("i") - 1);
  }

  /** One conversation; fails with {@code not_a_member}. */
  public Future<Rows> one(RowOf query) {
    return database
        .query(ONE, Tuple.of(query.user(), query.conversation()))
        .compose(
            found ->
                found.size() == 0
                    ? Future.failedFuture(new HubbubException(ErrorCode.NOT_A_MEMBER, null))
                    : Future.succeededFuture(
                        new Rows(List.of(row(found.iterator().next())), false, "")));
  }

  /** The conversations that each of several users is in, the most recently active first. */
  Future<List<List<Followed>>> followed(List<Follower> followers) {
    if (followers.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    String[] users = followers.stream().map(Follower::user).toArray(String[]::new);
    Long[] most = followers.stream().map(who -> Math.max(0L, who.limit())).toArray(Long[]::new);
    return database
        .query(FOLLOWED, Tuple.tuple().addArrayOfString(users).addArrayOfLong(most))
        .map(
            found -> {
              List<List<Followed>> all = new ArrayList<>();
              followers.forEach(who -> all.add(new ArrayList<>()));
              for (Row row : found) {
                all.get(index(row)).add(new Followed(row.getUUID("id"), row.getLong("head")));
              }
              return all;
            });
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
