package io.hubbub.history.db;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.CheckToken;
import io.hubbub.api.query.CreateTicket;
import io.hubbub.api.query.ReadCookie;
import io.hubbub.api.query.TicketHolder;
import io.hubbub.api.query.UseTicket;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.HexFormat;

/** What opens a stream where no header can be sent. Safe from any thread. */
final class Tickets {
  private static final String CREATE =
      """
      WITH old AS (DELETE FROM stream_key WHERE usr = $2 AND expires < now_ms())
      INSERT INTO stream_key (hash, cookie, usr, name, admin, version, family, token_expires, expires)
      VALUES ($1, false, $2, $3, $4, $5, $6, $7, now_ms() + $8)
      """;

  private static final String USE =
      """
      WITH ticket AS (
        DELETE FROM stream_key WHERE hash = $1 AND NOT cookie AND expires >= now_ms() RETURNING *),
      next AS (
        INSERT INTO stream_key (hash, cookie, usr, name, admin, version, family, token_expires, expires)
        SELECT $2, true, usr, name, admin, version, family, token_expires, token_expires FROM ticket)
      SELECT usr::text, name, admin, version, family, token_expires FROM ticket
      """;

  private static final String READ =
      """
      SELECT usr::text, name, admin, version, family, token_expires FROM stream_key
      WHERE hash = $1 AND cookie AND expires >= now_ms()
      """;

  private final Database database;

  Tickets(Database database) {
    this.database = database;
  }

  /** Keeps a ticket. */
  Future<Void> create(CreateTicket query) {
    CheckToken token = query.holder().token();
    Tuple arguments =
        Tuple.of(hash(query.hash()), token.user(), token.name(), token.admin(), token.version());
    arguments.addUUID(token.family()).addLong(query.holder().expiresAt());
    return database.query(CREATE, arguments.addLong(query.lifeMillis())).mapEmpty();
  }

  /** Exchanges a ticket for a cookie. */
  Future<TicketHolder> use(UseTicket query) {
    return database
        .query(USE, Tuple.of(hash(query.hash()), hash(query.cookie())))
        .compose(rows -> only(rows, "the ticket is unknown, used or too old"));
  }

  /** Whose cookie it is. */
  Future<TicketHolder> read(ReadCookie query) {
    return database
        .query(READ, Tuple.of(hash(query.hash())))
        .compose(rows -> only(rows, "the cookie is not good any more"));
  }

  private static Future<TicketHolder> only(RowSet<Row> rows, String otherwise) {
    if (rows.size() == 0) {
      return Future.failedFuture(new HubbubException(ErrorCode.UNAUTHENTICATED, otherwise));
    }
    Row row = rows.iterator().next();
    return Future.succeededFuture(
        new TicketHolder(
            new CheckToken(
                row.getString(0),
                row.getString(1),
                row.getBoolean(2),
                row.getLong(3),
                row.getUUID(4)),
            row.getLong(5)));
  }

  private static Buffer hash(String hex) {
    return Buffer.buffer(HexFormat.of().parseHex(hex));
  }
}
