package io.hubbub.history.db;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.Account;
import io.hubbub.api.query.CheckToken;
import io.hubbub.api.query.FindAccount;
import io.hubbub.api.query.FindUsers;
import io.hubbub.api.query.Profile;
import io.hubbub.api.query.Profiles;
import io.hubbub.api.query.ReadUsers;
import io.hubbub.api.query.Register;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Users: local ones with passwords, and those of outside issuers. Safe from any thread. */
public final class Accounts {
  private static final String COLUMNS = "id::text, name, password, admin, ver::bigint";
  private static final String REGISTER =
      "INSERT INTO account (id, folded, name, password) VALUES ($1, $2, $1, $3)"
          + " ON CONFLICT DO NOTHING RETURNING "
          + COLUMNS;
  private static final String FIND =
      "SELECT "
          + COLUMNS
          + " FROM account WHERE id = $1 OR (folded = $2 AND password IS NOT NULL)"
          + " ORDER BY password IS NULL, id <> $1 LIMIT 1";
  private static final String CHECK =
      "SELECT a.i, check_token(a.usr, a.folded, a.name, a.admin, a.ver, a.family) AS good, "
          + Moment.COLUMNS
          + " FROM meta, unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::bigint[],"
          + " $6::uuid[]) WITH ORDINALITY a (usr, folded, name, admin, ver, family, i)";
  private static final String PROFILES =
      "SELECT id::text, name FROM account WHERE id = ANY ($1::text[])";
  private static final String BEGINNING =
      "SELECT id::text, name FROM account WHERE starts_with(folded, $1)"
          + " OR starts_with(lower(name) COLLATE \"C\", $1) ORDER BY folded LIMIT $2";

  /**
   * What became of several tokens.
   *
   * @param good whether each may be used
   * @param moment where the log stood when they were checked
   */
  record Checked(List<Boolean> good, Moment moment) {}

  private final Database database;
  private final QueryOptions options;

  /** On a database. */
  public Accounts(Database database, QueryOptions options) {
    this.database = database;
    this.options = options;
  }

  /** Names that differ only in case are one. */
  static String folded(String user) {
    return user.toLowerCase(Locale.ROOT);
  }

  /** Makes an account; fails with {@code conflict} when the name is taken in any case. */
  public Future<Account> register(Register query) {
    return database
        .query(REGISTER, Tuple.of(query.user(), folded(query.user()), query.password()))
        .compose(rows -> only(rows, ErrorCode.CONFLICT, "the name is taken"));
  }

  /** The account of a user, letters of either case; fails with {@code not_found}. */
  public Future<Account> find(FindAccount query) {
    return database
        .query(FIND, Tuple.of(query.user(), folded(query.user())))
        .compose(rows -> only(rows, ErrorCode.NOT_FOUND, "no such user"));
  }

  /** Lets the user of a valid token exist; fails with {@code token_revoked}. */
  public Future<Void> check(CheckToken query) {
    return check(List.of(query))
        .compose(
            checked ->
                checked.good().get(0)
                    ? Future.succeededFuture()
                    : Future.failedFuture(new HubbubException(ErrorCode.TOKEN_REVOKED, null)));
  }

  /** The same for several, at least one, in the order of their users. */
  Future<Checked> check(List<CheckToken> tokens) {
    Tuple arguments = Tuple.tuple();
    arguments
        .addArrayOfString(texts(tokens, CheckToken::user))
        .addArrayOfString(texts(tokens, token -> folded(token.user())))
        .addArrayOfString(texts(tokens, CheckToken::name))
        .addArrayOfBoolean(tokens.stream().map(CheckToken::admin).toArray(Boolean[]::new))
        .addArrayOfLong(tokens.stream().map(CheckToken::version).toArray(Long[]::new))
        .addArrayOfUUID(tokens.stream().map(CheckToken::family).toArray(UUID[]::new));
    return database
        .query(CHECK, arguments)
        .map(
            found -> {
              Boolean[] good = new Boolean[tokens.size()];
              for (Row row : found) {
                good[(int) (row.getLong("i") - 1)] = row.getBoolean("good");
              }
              Row any = found.iterator().next();
              return new Checked(
                  List.of(good), new Moment(any.getString("epoch"), any.getLong("watermark")));
            });
  }

  private static String[] texts(
      List<CheckToken> tokens, Function<CheckToken, @Nullable String> text) {
    return tokens.stream().map(text).toArray(String[]::new);
  }

  /** Profiles; unknown ones are missing. */
  public Future<Profiles> profiles(ReadUsers query) {
    return database
        .query(PROFILES, Tuple.tuple().addArrayOfString(query.ids().toArray(String[]::new)))
        .map(Accounts::all);
  }

  /** Users whose id or name begins with a text, in any case. */
  public Future<Profiles> beginning(FindUsers query) {
    return database
        .query(BEGINNING, Tuple.of(folded(query.prefix()), (long) options.rows(query.limit())))
        .map(Accounts::all);
  }

  static Future<Account> only(RowSet<Row> rows, ErrorCode otherwise, String message) {
    if (rows.size() == 0) {
      return Future.failedFuture(new HubbubException(otherwise, message));
    }
    Row row = rows.iterator().next();
    return Future.succeededFuture(
        new Account(
            row.getString(0),
            row.getString(1),
            row.getString(2),
            row.getBoolean(3),
            row.getLong(4)));
  }

  private static Profiles all(RowSet<Row> rows) {
    List<Profile> profiles = new ArrayList<>(rows.size());
    rows.forEach(row -> profiles.add(new Profile(row.getString(0), row.getString(1))));
    return new Profiles(profiles);
  }
}
