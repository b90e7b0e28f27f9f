package io.hubbub.chat.auth;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.Account;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks tokens and makes our own. A token is valid when its signature, {@code sub} and {@code exp}
 * are, and {@code iss} and {@code aud} where they are set. Algorithms are pinned by where a key
 * comes from: HS256 goes with our secret alone, RS256 and ES256 with the outside issuer's keys
 * alone, each with the one it was made for. Safe from any thread.
 */
public final class Tokens {
  private static final String OWN = "HS256";

  private final AuthOptions options;
  private final @Nullable JWTAuth own;
  private final @Nullable OutsideKeys outside;
  private final Claims claims;
  private final LongSupplier clock;

  private Tokens(
      Vertx vertx, AuthOptions options, @Nullable OutsideKeys outside, LongSupplier clock) {
    this.options = options;
    this.outside = outside;
    this.clock = clock;
    claims = new Claims(options);
    String secret = options.secret();
    own =
        secret == null
            ? null
            : JWTAuth.create(
                vertx,
                new JWTAuthOptions()
                    .addPubSecKey(
                        new PubSecKeyOptions().setAlgorithm(OWN).setBuffer(Buffer.buffer(secret)))
                    .setJWTOptions(new JWTOptions().setIgnoreExpiration(true).setLeeway(60)));
  }

  /**
   * Gets ready to check tokens.
   *
   * @return fails when the outside keys are a file without a usable one
   */
  public static Future<Tokens> create(Vertx vertx, AuthOptions options) {
    return create(vertx, options, System::currentTimeMillis, System::nanoTime);
  }

  /** As above, with a clock of epoch milliseconds and one of nanoseconds. */
  static Future<Tokens> create(
      Vertx vertx, AuthOptions options, LongSupplier clock, LongSupplier nanos) {
    String source = options.jwks();
    return source == null
        ? Future.succeededFuture(new Tokens(vertx, options, null, clock))
        : OutsideKeys.open(vertx, source, options, nanos)
            .map(keys -> new Tokens(vertx, options, keys, clock));
  }

  /** Whether we make tokens of our own, so whether people sign up and log in here. */
  public boolean issues() {
    return own != null;
  }

  /**
   * Whose token it is. Does not ask whether it has been revoked.
   *
   * @return fails with {@link HubbubException}: {@code unauthenticated}, {@code token_expired}, or
   *     {@code unavailable} while an outside issuer's keys cannot be read
   */
  public Future<Identity> verify(@Nullable String token) {
    Jose parts = token == null ? null : Jose.parse(token);
    if (token == null || parts == null) {
      return refused("that is not a token");
    }
    if (parts.algorithm().equals(OWN)) {
      return own == null
          ? refused("no such signature is accepted")
          : signed(own, token, parts, true);
    }
    if (outside == null) {
      return refused("no such signature is accepted");
    }
    return outside.fitting(parts).compose(keys -> first(keys, 0, token, parts));
  }

  /**
   * Makes a token.
   *
   * @param account whose
   * @param family the login that it belongs to
   * @throws IllegalStateException when there is no secret, see {@link #issues}
   */
  public String issue(Account account, UUID family) {
    return issue(account.user(), account.name(), account.admin(), account.version(), family);
  }

  /** As above, from its parts; without a family it can be revoked by {@code ver} only. */
  public String issue(
      String user, @Nullable String name, boolean admin, long version, @Nullable UUID family) {
    if (own == null) {
      throw new IllegalStateException("without auth.secret there are no tokens of our own");
    }
    long now = clock.getAsLong() / 1000;
    JsonObject token = new JsonObject().put("sub", user).put("ver", version).put("iat", now);
    token.put("exp", now + options.tokenLifetime().toSeconds());
    if (name != null) {
      token.put("name", name);
    }
    if (admin) {
      token.put("admin", true);
    }
    if (family != null) {
      token.put("fam", family.toString());
    }
    if (options.issuer() != null) {
      token.put("iss", options.issuer());
    }
    if (options.audience() != null) {
      token.put("aud", options.audience());
    }
    return own.generateToken(token, new JWTOptions().setAlgorithm(OWN).setNoTimestamp(true));
  }

  /** Stops reading outside keys. */
  public void close() {
    if (outside != null) {
      outside.close();
    }
  }

  private Future<Identity> first(List<OutsideKey> keys, int index, String token, Jose parts) {
    if (index == keys.size()) {
      return refused("no key fits the token's signature");
    }
    return signed(keys.get(index).auth(), token, parts, false)
        .recover(
            failure ->
                index + 1 < keys.size()
                    ? first(keys, index + 1, token, parts)
                    : Future.failedFuture(failure));
  }

  private Future<Identity> signed(JWTAuth key, String token, Jose parts, boolean mine) {
    // Composed, as the library throws on claims of odd types instead of failing.
    return Future.succeededFuture(new TokenCredentials(token))
        .compose(key::authenticate)
        .transform(
            result ->
                result.failed() ? refused("the token's signature is wrong") : checked(parts, mine));
  }

  private Future<Identity> checked(Jose parts, boolean mine) {
    try {
      return Future.succeededFuture(claims.check(parts.claims(), mine, clock.getAsLong()));
    } catch (HubbubException e) {
      return Future.failedFuture(e);
    }
  }

  private static Future<Identity> refused(String why) {
    return Future.failedFuture(new HubbubException(ErrorCode.UNAUTHENTICATED, why));
  }
}
