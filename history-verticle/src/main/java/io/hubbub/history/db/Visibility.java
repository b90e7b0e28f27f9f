package io.hubbub.history.db;

import io.hubbub.api.query.MayWatch;
import io.hubbub.api.query.Users;
import io.hubbub.history.db.Together.Asked;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The one rule of who may see whom: oneself; and, where neither blocks the other, friends, members
 * of a shared small room, the other side of a direct conversation.
 *
 * <p>Who asks at the same time is asked for together: after an outage those of one room come back
 * at once, and its members are read once for all of them. Safe from any thread.
 */
final class Visibility {
  /**
   * What the rule needs, of one moment: each viewer's small conversations; of those the members
   * that anybody asks for; each viewer's friends and those hidden from it.
   *
   * <p>The members are found from the rooms, or, for who is in so many that these have over twenty
   * members for each user who is asked for, from the users. The planner can't tell, as it takes any
   * array to have ten elements; and as joins here are nested loops, {@code IS TRUE} is what makes
   * it hash a set.
   */
  private static final String READ =
      """
      WITH v AS MATERIALIZED (
        SELECT v.usr COLLATE "C" AS usr, v.most, v.q
        FROM unnest($1::text[], $2::int[]) WITH ORDINALITY v (usr, most, q)),
      asked AS MATERIALIZED (SELECT DISTINCT usr COLLATE "C" AS usr FROM unnest($3::text[]) a (usr)),
      near AS MATERIALIZED (
        SELECT v.q, c.id, c.members FROM v JOIN member m ON m.usr = v.usr AND m.active
          JOIN conversation c ON c.id = m.conversation
        WHERE c.kind = 2 OR c.members <= v.most),
      room AS MATERIALIZED (SELECT DISTINCT id, members FROM near),
      way AS MATERIALIZED (
        SELECT (SELECT coalesce(sum(members), 0) FROM room) <= 20 * (SELECT count(*) FROM asked) AS by_room),
      other AS MATERIALIZED (
        SELECT r.id, m.usr FROM room r JOIN member m ON m.conversation = r.id AND m.active
        WHERE (SELECT by_room FROM way) AND (m.usr IN (SELECT usr FROM asked)) IS TRUE
        UNION ALL
        SELECT m.conversation, m.usr FROM asked a JOIN member m ON m.usr = a.usr AND m.active
        WHERE NOT (SELECT by_room FROM way) AND (m.conversation IN (SELECT id FROM room)) IS TRUE)
      SELECT q, id, NULL::text[], NULL::text[] FROM near
      UNION ALL
      SELECT NULL, o.id, array_agg(o.usr::text), NULL FROM other o GROUP BY o.id
      UNION ALL
      SELECT f.q, NULL, array_agg(f.other::text) FILTER (WHERE f.asks = 3 AND f.blocks = 0),
        array_agg(f.other::text) FILTER (WHERE f.blocks > 0)
      FROM (
        SELECT v.q, f.high AS other, f.asks, f.blocks FROM v JOIN friendship f ON f.low = v.usr
        UNION ALL
        SELECT v.q, f.low, f.asks, f.blocks FROM v JOIN friendship f ON f.high = v.usr) f
      WHERE (f.other IN (SELECT usr FROM asked)) IS TRUE
      GROUP BY f.q
      """;

  private final Database database;
  private final Together<MayWatch, Users> together;

  Visibility(Database database, QueryOptions options) {
    this.database = database;
    this.together =
        new Together<>(
            options.openBatches(), options.openAtOnce(), options.openWaiting(), this::all);
  }

  /** Those of some users that a user may see. */
  Future<Users> mayWatch(MayWatch question) {
    return together.ask(question);
  }

  private Future<Void> all(List<Asked<MayWatch, Users>> batch) {
    List<MayWatch> questions = batch.stream().map(Asked::question).toList();
    Set<String> candidates = new HashSet<>();
    questions.forEach(question -> candidates.addAll(question.candidates()));
    Tuple arguments =
        Tuple.tuple()
            .addArrayOfString(questions.stream().map(MayWatch::user).toArray(String[]::new))
            .addArrayOfInteger(questions.stream().map(MayWatch::members).toArray(Integer[]::new))
            .addArrayOfString(candidates.toArray(String[]::new));
    return database
        .query(READ, arguments)
        .map(
            rows -> {
              List<Viewer> viewers = viewers(questions, rows);
              for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer().tryComplete(viewers.get(i).among(questions.get(i)));
              }
              return null;
            });
  }

  private static List<Viewer> viewers(List<MayWatch> questions, RowSet<Row> rows) {
    List<Viewer> viewers = questions.stream().map(each -> new Viewer()).toList();
    Map<UUID, Set<String>> members = new HashMap<>();
    for (Row row : rows) {
      Long viewer = row.getLong(0);
      UUID conversation = row.getUUID(1);
      if (viewer == null) {
        members.put(conversation, users(row, 2));
      } else if (conversation == null) {
        viewers.get((int) (viewer - 1)).friends.addAll(users(row, 2));
        viewers.get((int) (viewer - 1)).hidden.addAll(users(row, 3));
      }
    }
    for (Row row : rows) {
      Set<String> shared = row.getUUID(1) == null ? null : members.get(row.getUUID(1));
      if (row.getLong(0) != null && shared != null) {
        viewers.get((int) (row.getLong(0) - 1)).shared.add(shared);
      }
    }
    return viewers;
  }

  private static Set<String> users(Row row, int column) {
    String[] users = row.getArrayOfStrings(column);
    return users == null ? Set.of() : Set.of(users);
  }

  /** Whom one user may see, as far as somebody is asked for. */
  private static final class Viewer {
    final Set<String> friends = new HashSet<>(1);
    final Set<String> hidden = new HashSet<>(1);
    final List<Set<String>> shared = new ArrayList<>(1);

    Users among(MayWatch question) {
      return new Users(
          question.candidates().stream()
              .filter(
                  each -> each.equals(question.user()) || (!hidden.contains(each) && near(each)))
              .toList());
    }

    private boolean near(String user) {
      return friends.contains(user) || shared.stream().anyMatch(room -> room.contains(user));
    }
  }
}
