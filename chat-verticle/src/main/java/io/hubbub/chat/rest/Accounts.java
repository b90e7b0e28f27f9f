package io.hubbub.chat.rest;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.Account;
import io.hubbub.api.query.BeginLogin;
import io.hubbub.api.query.Done;
import io.hubbub.api.query.EndLogin;
import io.hubbub.api.query.FindAccount;
import io.hubbub.api.query.Refreshed;
import io.hubbub.api.query.Register;
import io.hubbub.api.query.RotateRefresh;
import io.hubbub.chat.auth.Identity;
import io.hubbub.chat.auth.Passwords;
import io.hubbub.chat.auth.Secret;
import io.hubbub.chat.auth.Tokens;
import io.hubbub.chat.limit.RateLimit;
import io.vertx.core.Future;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Local accounts: sign up, log in, stay logged in, log out. Attempts are limited by address and by
 * name; only failed log-ins count. Safe from any thread.
 */
final class Accounts {
  private static final double BURST_PER_ADDRESS = 100;
  private static final double BURST_PER_NAME = 10;
  private static final int MAX_KEYS = 100_000;

  /**
   * A login.
   *
   * @param user whose
   * @param token the access token
   * @param refresh what gets the next one, once
   */
  record Login(String user, String token, String refresh) {}

  private final Backend backend;
  private final Tokens tokens;
  private final Passwords passwords;
  private final RateLimit byAddress;
  private final RateLimit byName;

  Accounts(Backend backend, Tokens tokens, Passwords passwords, RestOptions options) {
    this.backend = backend;
    this.tokens = tokens;
    this.passwords = passwords;
    byAddress = new RateLimit(options.loginsPerAddress(), BURST_PER_ADDRESS, MAX_KEYS);
    byName = new RateLimit(options.loginsPerName(), BURST_PER_NAME, MAX_KEYS);
  }

  /** Makes an account; fails with {@code conflict} when the name is taken. */
  Future<Account> register(String name, String password, String address) {
    requireOwnTokens();
    take(byAddress, ClientAddress.key(address));
    return passwords
        .hash(password)
        .compose(hash -> backend.ask(new Register(name, hash), Account.class));
  }

  /** Logs in; fails with {@code unauthenticated}, whether it is the name or the password. */
  Future<Login> login(String name, String password, String address) {
    requireOwnTokens();
    String place = ClientAddress.key(address);
    String lower = name.toLowerCase(Locale.ROOT);
    take(byAddress, place);
    take(byName, lower);
    return find(name)
        .compose(found -> verified(found, password))
        .compose(this::begin)
        .onSuccess(
            login -> {
              byAddress.giveBack(place);
              byName.giveBack(lower);
            });
  }

  /** Exchanges a refresh token for the next one and a new access token. */
  Future<Login> rotate(String refresh) {
    requireOwnTokens();
    String next = Secret.make();
    return backend
        .ask(new RotateRefresh(Secret.hash(refresh), Secret.hash(next)), Refreshed.class)
        .map(
            refreshed ->
                new Login(
                    refreshed.account().user(),
                    tokens.issue(refreshed.account(), refreshed.family()),
                    next));
  }

  /** Ends the login of a token. */
  Future<Done> logout(Identity identity) {
    UUID family = identity.family();
    if (family == null) {
      throw new HubbubException(
          ErrorCode.BAD_REQUEST, "this token comes from no login here; log out where it is from");
    }
    return backend.ask(new EndLogin(identity.user(), family), Done.class);
  }

  private Future<@Nullable Account> find(String name) {
    return backend
        .ask(new FindAccount(name), Account.class)
        .recover(
            failure ->
                failure instanceof HubbubException known && known.code() == ErrorCode.NOT_FOUND
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure));
  }

  private Future<Account> verified(@Nullable Account found, String password) {
    return passwords
        .verify(password, found == null ? null : found.password())
        .compose(
            good ->
                good && found != null
                    ? Future.succeededFuture(found)
                    : Future.failedFuture(
                        new HubbubException(ErrorCode.UNAUTHENTICATED, "wrong name or password")));
  }

  private Future<Login> begin(Account account) {
    UUID family = UUID.randomUUID();
    String refresh = Secret.make();
    return backend
        .ask(new BeginLogin(account.user(), family, Secret.hash(refresh)), Account.class)
        .map(begun -> new Login(begun.user(), tokens.issue(begun, family), refresh));
  }

  private void requireOwnTokens() {
    if (!tokens.issues()) {
      throw new HubbubException(
          ErrorCode.FORBIDDEN, "accounts are kept by an outside identity provider");
    }
  }

  private static void take(RateLimit limit, String key) {
    long wait = limit.take(key, System.nanoTime());
    if (wait > 0) {
      throw new HubbubException(ErrorCode.RATE_LIMITED, "too many attempts", wait);
    }
  }
}
