package io.hubbub.history.db;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.Account;
import io.hubbub.api.query.BeginLogin;
import io.hubbub.api.query.EndLogin;
import io.hubbub.api.query.FindAccount;
import io.hubbub.api.query.Refreshed;
import io.hubbub.api.query.RotateRefresh;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.HexFormat;
import java.util.UUID;

/** Logins, each a family of refresh tokens of which only hashes are kept. Safe from any thread. */
public final class Logins {
  private static final String BEGIN =
      """
      WITH made AS (
        INSERT INTO login (family, usr) SELECT $1, id FROM account WHERE id = $2
        RETURNING family, usr),
      first AS (
        INSERT INTO refresh (hash, family, expires)
        SELECT $3, family, now() + make_interval(days => $4) FROM made)
      SELECT a.id::text, a.name, a.password, a.admin, a.ver::bigint
      FROM made JOIN account a ON a.id = made.usr
      """;
  private static final String ROTATE =
      "SELECT status, usr::text, family FROM rotate_refresh("
          + "$1, $2, make_interval(days => $3), make_interval(secs => $4))";
  private static final String END = "SELECT end_login($1, $2)";

  private final Database database;
  private final Accounts accounts;
  private final QueryOptions options;

  /** On a database. */
  public Logins(Database database, Accounts accounts, QueryOptions options) {
    this.database = database;
    this.accounts = accounts;
    this.options = options;
  }

  /** Begins a login; fails with {@code not_found}. */
  public Future<Account> begin(BeginLogin query) {
    return database
        .query(
            BEGIN,
            Tuple.of(query.family(), query.user(), hash(query.refresh()), options.refreshDays()))
        .compose(rows -> Accounts.only(rows, ErrorCode.NOT_FOUND, "no such user"));
  }

  /**
   * Exchanges a refresh token; fails with {@code token_revoked} when it is unknown, expired or used
   * before. One repetition soon after the first use is tolerated; a later one ends the login.
   */
  public Future<Refreshed> rotate(RotateRefresh query) {
    return database
        .query(
            ROTATE,
            Tuple.of(
                hash(query.old()),
                hash(query.next()),
                options.refreshDays(),
                (double) options.replaySeconds()))
        .compose(
            rows -> {
              Row row = rows.iterator().next();
              if (row.getShort(0) != 0) {
                return Future.failedFuture(
                    new HubbubException(ErrorCode.TOKEN_REVOKED, "the refresh token is not good"));
              }
              UUID family = row.getUUID(2);
              return accounts
                  .find(new FindAccount(row.getString(1)))
                  .map(account -> new Refreshed(account, family));
            });
  }

  /** Ends a login: every node is told that its tokens are revoked. */
  public Future<Void> end(EndLogin query) {
    return database.query(END, Tuple.of(query.user(), query.family())).mapEmpty();
  }

  private static Buffer hash(String hex) {
    return Buffer.buffer(HexFormat.of().parseHex(hex));
  }
}
