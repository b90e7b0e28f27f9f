package io.hubbub.history.db;

import io.hubbub.api.log.Entry;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.log.Kind;
import io.hubbub.api.query.Page;
import io.hubbub.api.query.ReadPage;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads pages of logs, each message with what later entries made of it. Safe from any thread. */
public final class Pages {
  private final Database database;
  private final QueryOptions options;

  /** On a database. */
  public Pages(Database database, QueryOptions options) {
    this.database = database;
    this.options = options;
  }

  /**
   * A page, of one moment: its head, members and entries agree. At most as many rows and bytes as
   * the options say.
   *
   * @return fails with {@code not_a_member} when the reader is none, {@code not_found} when nobody
   *     is named as the reader and there is no such conversation
   */
  public Future<Page> page(ReadPage query) {
    boolean back = query.before() > 0;
    long bound = back ? query.before() : Math.max(0, query.after());
    int limit = options.rows(query.limit());
    boolean threaded = query.thread() > 0;
    String sql =
        threaded
            ? (back ? PageSql.THREAD_BEFORE : PageSql.THREAD_AFTER)
            : (back ? PageSql.BEFORE : PageSql.AFTER);
    Tuple arguments = Tuple.tuple();
    arguments.addUUID(query.conversation()).addLong(bound).addLong((long) limit);
    arguments.addLong((long) options.pageBytes()).addString(query.reader());
    arguments.addArrayOfString(query.whether().toArray(String[]::new));
    arguments.addLong((long) options.reactors());
    if (threaded) {
      arguments.addLong(query.thread());
    }
    return database.query(sql, arguments).compose(rows -> page(query, back, bound, rows));
  }

  private static Future<Page> page(ReadPage query, boolean back, long bound, RowSet<Row> rows) {
    boolean known = rows.size() > 0;
    Row first = known ? rows.iterator().next() : null;
    if (first == null || (query.reader() != null && !isTrue(first.getBoolean("reader")))) {
      ErrorCode code = query.reader() == null ? ErrorCode.NOT_FOUND : ErrorCode.NOT_A_MEMBER;
      return Future.failedFuture(new HubbubException(code, null));
    }
    long head = first.getLong("head");
    List<Entry> entries = new ArrayList<>(rows.size());
    long total = 0;
    for (Row row : rows) {
      if (row.getLong("seq") != null) {
        entries.add(entry(row));
        total = row.getLong("total");
      }
    }
    boolean more = entries.size() < total;
    long from = back ? 1 : bound + 1;
    long to = back ? Math.min(bound - 1, head) : Math.max(head, bound);
    if (more && back) {
      from = entries.get(0).seq();
    } else if (more) {
      to = entries.get(entries.size() - 1).seq();
    }
    String[] present = first.getArrayOfStrings("present");
    List<String> members = present == null ? List.of() : List.of(present);
    return Future.succeededFuture(
        new Page(
            entries,
            from,
            to,
            head,
            1,
            more,
            members,
            first.getInteger("members"),
            first.getString("epoch")));
  }

  private static boolean isTrue(@Nullable Boolean value) {
    return value != null && value;
  }

  private static Entry entry(Row row) {
    Kind kind = Kind.of(row.getShort("kind"));
    Entry.State state = null;
    if (kind == Kind.MESSAGE) {
      state =
          new Entry.State(
              row.getLong("rev"),
              row.getBoolean("edited"),
              row.getBoolean("deleted"),
              reactions(row.getJsonObject("reactions")));
    }
    return new Entry(
        row.getLong("seq"),
        kind,
        row.getString("sender"),
        row.getLong("at"),
        row.getString("key"),
        number(row.getLong("target")),
        number(row.getLong("thread")),
        row.getString("body"),
        state);
  }

  static long number(@Nullable Long value) {
    return value == null ? 0 : value;
  }

  private static Map<String, List<String>> reactions(@Nullable JsonObject json) {
    if (json == null) {
      return Map.of();
    }
    Map<String, List<String>> reactions = new LinkedHashMap<>();
    for (String emoji : json.fieldNames()) {
      JsonArray users = json.getJsonArray(emoji);
      reactions.put(emoji, users.stream().map(String::valueOf).toList());
    }
    return reactions;
  }
}
