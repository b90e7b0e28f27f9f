package io.hubbub.history.db;

import io.hubbub.api.link.Mark;
import io.hubbub.api.log.Conversations;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.CreateDirect;
import io.hubbub.api.query.CreateRoom;
import io.hubbub.api.query.Created;
import io.hubbub.api.query.Heads;
import io.hubbub.api.query.Member;
import io.hubbub.api.query.Members;
import io.hubbub.api.query.ReadMembers;
import io.hubbub.api.query.ReadTimes;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Conversations, their heads, members and read positions. Safe from any thread. */
public final class Rooms {
  private static final String ROOM = "SELECT status FROM create_room($1, $2, $3, $4, $5)";
  private static final String DIRECT = "SELECT status FROM ensure_direct($1, $2, $3)";
  private static final String HEADS =
      "SELECT id, head, members FROM conversation WHERE id = ANY ($1)";
  private static final String TIMES =
      "SELECT e.conversation, e.seq, e.at FROM unnest($1::uuid[], $2::bigint[]) n (conversation, seq)"
          + " JOIN event e ON e.conversation = n.conversation AND e.seq = n.seq";
  private static final String MEMBERS =
      """
      SELECT m.usr::text, m.role, m.joined,
        CASE WHEN m.usr = $2 THEN m.read WHEN blocked($2, m.usr) THEN 0
          ELSE coalesce(m.frozen_read, m.read) END AS read,
        CASE WHEN m.usr = $2 THEN m.delivered WHEN blocked($2, m.usr) THEN 0
          ELSE coalesce(m.frozen_delivered, m.delivered) END AS delivered,
        (SELECT r.active FROM member r WHERE r.conversation = $1 AND r.usr = $2) AS allowed
      FROM (SELECT 1) one LEFT JOIN LATERAL (
        SELECT * FROM member WHERE conversation = $1 AND active AND usr > $3
        ORDER BY usr LIMIT $4) m ON true
      ORDER BY m.usr
      """;
  private static final String MARK =
      "SELECT status, read, delivered, unread, members, quiet FROM mark_read($1, $2, $3, $4) ORDER BY i";

  /** An entry by its number. */
  private record Place(UUID conversation, long number) {}

  private final Database database;
  private final QueryOptions options;

  /** On a database. */
  public Rooms(Database database, QueryOptions options) {
    this.database = database;
    this.options = options;
  }

  /** Makes a room; fails with {@code not_found} for unknown users, or {@code key_reused}. */
  public Future<Created> createRoom(CreateRoom query) {
    String[] users = query.users().toArray(String[]::new);
    return database
        .query(ROOM, Tuple.of(query.id(), query.creator(), query.name(), users, query.key()))
        .compose(rows -> created(query.id(), rows.iterator().next().getShort(0)));
  }

  /** The direct conversation of two users, made where it is not there. */
  public Future<Created> createDirect(CreateDirect query) {
    UUID id = Conversations.direct(query.user(), query.peer());
    return database
        .query(DIRECT, Tuple.of(id, query.user(), query.peer()))
        .compose(rows -> created(id, rows.iterator().next().getShort(0)));
  }

  private static Future<Created> created(UUID id, int status) {
    return switch (status) {
      case 0, 1 -> Future.succeededFuture(new Created(id, status == 0));
      case 2 ->
          Future.failedFuture(
              new HubbubException(ErrorCode.KEY_REUSED, "the key made another room"));
      case 5 ->
          Future.failedFuture(
              new HubbubException(ErrorCode.FORBIDDEN, "one of the two blocks the other"));
      default -> Future.failedFuture(new HubbubException(ErrorCode.NOT_FOUND, "no such user"));
    };
  }

  /** The newest numbers and sizes; unknown conversations are missing. */
  public Future<List<HeadRow>> heads(Collection<UUID> conversations) {
    return database
        .query(HEADS, Tuple.tuple().addArrayOfUUID(conversations.toArray(UUID[]::new)))
        .map(
            rows -> {
              List<HeadRow> heads = new ArrayList<>(rows.size());
              rows.forEach(
                  row -> heads.add(new HeadRow(row.getUUID(0), row.getLong(1), row.getInteger(2))));
              return heads;
            });
  }

  /** The times of entries; missing where there is no such entry. */
  public Future<Heads> times(ReadTimes query) {
    return times(List.of(query.entries())).map(times -> new Heads(times.get(0)));
  }

  /** The same for several clients; what several ask for is read once. */
  Future<List<Map<UUID, Long>>> times(List<Map<UUID, Long>> clients) {
    Map<Place, Long> times = new HashMap<>();
    clients.forEach(
        entries -> entries.forEach((id, number) -> times.put(new Place(id, number), 0L)));
    if (times.isEmpty()) {
      return Future.succeededFuture(clients);
    }
    UUID[] conversations = times.keySet().stream().map(Place::conversation).toArray(UUID[]::new);
    Long[] numbers = times.keySet().stream().map(Place::number).toArray(Long[]::new);
    return database
        .query(TIMES, Tuple.tuple().addArrayOfUUID(conversations).addArrayOfLong(numbers))
        .map(
            rows -> {
              rows.forEach(
                  row -> times.put(new Place(row.getUUID(0), row.getLong(1)), row.getLong(2)));
              return clients.stream().map(entries -> timesOf(entries, times)).toList();
            });
  }

  /** No entry is as old as the epoch of time, so 0 is none. */
  private static Map<UUID, Long> timesOf(Map<UUID, Long> entries, Map<Place, Long> times) {
    Map<UUID, Long> found = new HashMap<>();
    entries.forEach(
        (id, number) -> {
          long at = times.getOrDefault(new Place(id, number), 0L);
          if (at > 0) {
            found.put(id, at);
          }
        });
    return found;
  }

  /** A page of the members in order of user; fails with {@code not_a_member}. */
  public Future<Members> members(ReadMembers query) {
    int limit = options.rows(query.limit());
    String after = query.after() == null ? "" : query.after();
    return database
        .query(MEMBERS, Tuple.of(query.conversation(), query.reader(), after, (long) limit + 1))
        .compose(
            rows -> {
              List<Member> members = new ArrayList<>();
              boolean allowed = false;
              for (Row row : rows) {
                Boolean active = row.getBoolean("allowed");
                allowed = active != null && active;
                if (row.getString(0) != null && members.size() < limit) {
                  members.add(member(row));
                }
              }
              return allowed
                  ? Future.succeededFuture(new Members(members, rows.size() > limit))
                  : Future.failedFuture(new HubbubException(ErrorCode.NOT_A_MEMBER, null));
            });
  }

  private static Member member(Row row) {
    return new Member(
        row.getString(0),
        row.getShort(1) == 1 ? "owner" : "member",
        row.getLong(2),
        row.getLong(3),
        row.getLong(4));
  }

  /** Raises positions; one answer per row, in order. Rows may repeat. */
  public Future<List<MarkRow>> mark(List<Mark> marks) {
    UUID[] conversations = marks.stream().map(Mark::conversation).toArray(UUID[]::new);
    String[] users = marks.stream().map(Mark::user).toArray(String[]::new);
    Long[] read = marks.stream().map(Mark::read).toArray(Long[]::new);
    Long[] delivered = marks.stream().map(Mark::delivered).toArray(Long[]::new);
    Tuple arguments = Tuple.tuple().addArrayOfUUID(conversations).addArrayOfString(users);
    return database
        .query(MARK, arguments.addArrayOfLong(read).addArrayOfLong(delivered))
        .map(
            rows -> {
              List<MarkRow> answers = new ArrayList<>(rows.size());
              for (Row row : rows) {
                answers.add(
                    row.getShort(0) == 0
                        ? new MarkRow(
                            null,
                            row.getLong(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getInteger(4),
                            row.getBoolean(5))
                        : new MarkRow(ErrorCode.NOT_A_MEMBER, 0, 0, 0, 0, true));
              }
              return answers;
            });
  }
}
