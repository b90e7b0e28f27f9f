package io.hubbub.history.db;

import io.hubbub.api.log.Conversations;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.ChangeFriendship;
import io.hubbub.api.query.Circle;
import io.hubbub.api.query.FriendsOf;
import io.hubbub.api.query.FriendsSince;
import io.hubbub.api.query.Friendship;
import io.hubbub.api.query.Friendships;
import io.hubbub.api.query.ListFriends;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Friends, requests and blocks. Safe from any thread. */
final class Friends {
  private static final String CHANGE =
      "SELECT status, state, at FROM change_friendship($1, $2, $3, $4, $5)";

  private static final String OF =
      """
      SELECT a.i, f.other, f.hidden FROM unnest($1::text[], $2::bigint[])
        WITH ORDINALITY a (usr, most, i) CROSS JOIN LATERAL (
          (SELECT high::text AS other, false AS hidden FROM friendship
           WHERE low = a.usr AND asks = 3 AND blocks = 0
           UNION ALL SELECT low::text, false FROM friendship
           WHERE high = a.usr AND asks = 3 AND blocks = 0 LIMIT a.most)
          UNION ALL
          (SELECT high::text, true FROM friendship WHERE low = a.usr AND blocks > 0
           UNION ALL SELECT low::text, true FROM friendship
           WHERE high = a.usr AND blocks > 0 LIMIT a.most)) f
      """;

  private static final String LIST =
      """
      SELECT other::text, state, at FROM (
        SELECT high AS other, friend_state(asks, blocks, 1) AS state, at
        FROM friendship WHERE low = $1 AND high > $3
        UNION ALL SELECT low, friend_state(asks, blocks, 2), at
        FROM friendship WHERE high = $1 AND low > $3) f
      WHERE state > 0 AND ($2 = 0 OR state = $2) ORDER BY other LIMIT $4
      """;

  private static final String SINCE =
      """
      SELECT other::text, state, at FROM (
        SELECT high AS other, friend_state(asks, blocks, 1) AS state, at, tx
        FROM friendship WHERE low = $1
        UNION ALL SELECT low, friend_state(asks, blocks, 2), at, tx
        FROM friendship WHERE high = $1) f
      WHERE state = 2 OR $2::bigint > 0 AND tx >= $2::text::xid8 ORDER BY other LIMIT $3
      """;

  private final Database database;
  private final QueryOptions options;

  Friends(Database database, QueryOptions options) {
    this.database = database;
    this.options = options;
  }

  /** What another is to the user after what the user does. */
  Future<Friendship> change(ChangeFriendship query) {
    String user = query.user();
    String other = query.other();
    if (user.equals(other)) {
      return fail(ErrorCode.BAD_REQUEST, "nobody is friends with oneself");
    }
    Tuple arguments =
        Tuple.of(
            user, other, (short) query.act(), query.limit(), Conversations.direct(user, other));
    return database
        .query(CHANGE, arguments)
        .compose(
            rows -> {
              Row row = rows.iterator().next();
              return switch (row.getShort(0)) {
                case 0 ->
                    Future.succeededFuture(new Friendship(other, row.getShort(1), row.getLong(2)));
                case 5 -> fail(ErrorCode.FORBIDDEN, "you block this user");
                case 8 -> fail(ErrorCode.TOO_LARGE, "more than " + query.limit() + " friends");
                default -> fail(ErrorCode.NOT_FOUND, "no such user");
              };
            });
  }

  private static <T> Future<T> fail(ErrorCode code, String why) {
    return Future.failedFuture(new HubbubException(code, why));
  }

  /** Whom a user watches without asking, and whom not at all. */
  Future<Circle> of(FriendsOf query) {
    return circles(List.of(query)).map(all -> all.get(0));
  }

  /** The same for several users, in one statement. */
  Future<List<Circle>> circles(List<FriendsOf> queries) {
    List<Circle> all = new ArrayList<>();
    queries.forEach(each -> all.add(new Circle(new ArrayList<>(), new ArrayList<>())));
    if (queries.stream().allMatch(each -> each.limit() == 0)) {
      return Future.succeededFuture(all);
    }
    Tuple arguments =
        Tuple.tuple()
            .addArrayOfString(queries.stream().map(FriendsOf::user).toArray(String[]::new))
            .addArrayOfLong(queries.stream().map(each -> (long) each.limit()).toArray(Long[]::new));
    return database
        .query(OF, arguments)
        .map(
            rows -> {
              for (Row row : rows) {
                Circle circle = all.get((int) (row.getLong(0) - 1));
                (row.getBoolean(2) ? circle.hidden() : circle.friends()).add(row.getString(1));
              }
              return all;
            });
  }

  /** A page of a user's friends, requests and blocks. */
  Future<Friendships> list(ListFriends query) {
    int limit = options.rows(query.limit());
    String after = query.after() == null ? "" : query.after();
    return database
        .query(LIST, Tuple.of(query.user(), query.state(), after, (long) limit + 1))
        .map(rows -> page(rows, limit));
  }

  /** The requests that wait, and what has changed since a place. */
  Future<Friendships> since(FriendsSince query) {
    int limit = options.rows(query.limit());
    return Moment.read(database)
        .compose(
            now -> {
              long since = RowCursor.parse(query.place(), now).since();
              return database.query(SINCE, Tuple.of(query.user(), since, limit + 1L));
            })
        .map(rows -> page(rows, limit));
  }

  private static Friendships page(RowSet<Row> rows, int limit) {
    List<Friendship> all = new ArrayList<>(rows.size());
    rows.forEach(row -> all.add(new Friendship(row.getString(0), row.getShort(1), row.getLong(2))));
    return new Friendships(
        List.copyOf(all.subList(0, Math.min(limit, all.size()))), all.size() > limit);
  }
}
