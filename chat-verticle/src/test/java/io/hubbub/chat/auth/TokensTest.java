package io.hubbub.chat.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.Account;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Only a token that is good in every point opens the door; our own secret's side of it. */
class TokensTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final JsonObject HS256 = new JsonObject().put("alg", "HS256").put("typ", "JWT");
  private static final long NOW = 1_800_000_000_000L;
  private static Vertx vertx;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() throws Exception {
    await(vertx.close());
  }

  @Test
  void whatWeIssueWeAccept() throws Exception {
    Tokens tokens = tokens(AuthOptions.of(SECRET, null, "me", "chat"));
    UUID family = UUID.randomUUID();
    String token = tokens.issue(new Account("alice", "Alice", null, true, 3), family);
    Identity identity = await(tokens.verify(token));
    assertEquals(new Identity("alice", "Alice", true, NOW + 900_000, 4, family), identity);
  }

  @Test
  void aTokenOfAnotherHolderOfTheSecretNeedsNoVersion() throws Exception {
    Identity identity = await(tokens().verify(good(claims -> {})));
    assertEquals("alice", identity.user());
    assertEquals(0, identity.version());
    assertNull(identity.family());
    assertFalse(identity.admin());
    JsonObject header = HS256.copy().put("kid", "any");
    assertEquals("alice", await(tokens().verify(Signed.hmac(header, claims(), SECRET))).user());
  }

  @Test
  void forgedOnesAreRefused() {
    refused(Signed.hmac(HS256, claims(), SECRET.replace('0', '1')));
    String token = good(claims -> {});
    int dot = token.lastIndexOf('.');
    refused(token.substring(0, dot + 1));
    refused(token.substring(0, dot));
    refused(token.substring(0, dot - 2) + token.substring(dot));
    refused(token + "." + token);
  }

  @Test
  void otherAlgorithmsAreRefused() {
    for (String alg : new String[] {"none", "None", "NONE", "", "HS384", "HS512", "hs256"}) {
      JsonObject header = new JsonObject().put("alg", alg);
      refused(Signed.unsigned(header, claims()));
      refused(Signed.hmac(header, claims(), SECRET));
    }
    refused(Signed.hmac(new JsonObject(), claims(), SECRET));
    refused(Signed.hmac(new JsonObject().put("alg", 1), claims(), SECRET));
    refused(Signed.hmac(HS256.copy().put("crit", new JsonArray().add("b64")), claims(), SECRET));
    refused(Signed.asymmetric(new JsonObject().put("alg", "RS256"), claims(), Signed.rsa()));
  }

  @Test
  void withoutAnEndOrPastItIsRefused() {
    refused(good(claims -> claims.remove("exp")));
    refused(good(claims -> claims.put("exp", "never")));
    refused(good(claims -> claims.putNull("exp")));
    fails(ErrorCode.TOKEN_EXPIRED, good(claims -> claims.put("exp", NOW / 1000 - 31)));
    fails(ErrorCode.TOKEN_EXPIRED, good(claims -> claims.put("exp", -1)));
    refused(good(claims -> claims.put("nbf", NOW / 1000 + 31)));
  }

  @Test
  void clocksMayDifferByTheLeeway() throws Exception {
    await(tokens().verify(good(claims -> claims.put("exp", NOW / 1000 - 29))));
    await(tokens().verify(good(claims -> claims.put("nbf", NOW / 1000 + 29))));
  }

  @Test
  void withoutAUserItIsRefused() {
    refused(good(claims -> claims.remove("sub")));
    refused(good(claims -> claims.put("sub", "")));
    refused(good(claims -> claims.put("sub", 7)));
    refused(good(claims -> claims.put("sub", "a\nb")));
    refused(good(claims -> claims.put("sub", "a\u0000b")));
    refused(good(claims -> claims.put("sub", "é".repeat(65))));
  }

  @Test
  void theIssuerAndTheAudienceMustMatchWhereTheyAreSet() throws Exception {
    Tokens strict = tokens(AuthOptions.of(SECRET, null, "me", "chat"));
    refused(strict, good(claims -> {}));
    refused(strict, good(claims -> claims.put("iss", "you").put("aud", "chat")));
    refused(strict, good(claims -> claims.put("iss", "me")));
    refused(strict, good(claims -> claims.put("iss", "me").put("aud", "mail")));
    await(strict.verify(good(claims -> claims.put("iss", "me").put("aud", "chat"))));
    await(
        strict.verify(
            good(
                claims ->
                    claims.put("iss", "me").put("aud", new JsonArray().add("x").add("chat")))));
  }

  @Test
  void oddClaimsAreRefusedOrLeftOut() throws Exception {
    refused(good(claims -> claims.put("ver", "1")));
    refused(good(claims -> claims.put("ver", -1)));
    refused(good(claims -> claims.put("fam", "x")));
    assertNull(await(tokens().verify(good(claims -> claims.put("name", 5)))).name());
    assertFalse(await(tokens().verify(good(claims -> claims.put("admin", "true")))).admin());
  }

  @Test
  void whatIsNoTokenIsRefused() {
    refused(null);
    refused("");
    refused("..");
    refused("a.b.c");
    refused("{}.{}.{}");
    refused("bnVsbA.bnVsbA.bnVsbA");
    refused("eyJhbGciOiJIUzI1NiJ9.bnVsbA.bnVsbA");
    refused("W10.W10.W10");
    refused("x".repeat(100_000));
  }

  @Test
  void withoutKeysOrWithAShortOneNothingStarts() {
    assertThrows(IllegalArgumentException.class, () -> AuthOptions.of(null, null, null, null));
    assertThrows(IllegalArgumentException.class, () -> AuthOptions.of(" ", "", null, null));
    assertThrows(IllegalArgumentException.class, () -> AuthOptions.ofSecret(SECRET.substring(1)));
    AuthOptions good = AuthOptions.ofSecret(SECRET);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new AuthOptions(
                SECRET,
                null,
                null,
                null,
                Duration.ofSeconds(61),
                good.tokenLifetime(),
                good.jwksRefresh(),
                good.jwksTimeout()));
    assertFalse(good.toString().contains(SECRET));
  }

  private static String good(Consumer<JsonObject> change) {
    JsonObject claims = claims();
    change.accept(claims);
    return Signed.hmac(HS256, claims, SECRET);
  }

  private static JsonObject claims() {
    return new JsonObject().put("sub", "alice").put("exp", NOW / 1000 + 60);
  }

  private static void refused(@Nullable String token) {
    fails(ErrorCode.UNAUTHENTICATED, token);
  }

  private static void refused(Tokens tokens, String token) {
    fails(tokens, ErrorCode.UNAUTHENTICATED, token);
  }

  private static void fails(ErrorCode code, @Nullable String token) {
    fails(tokens(), code, token);
  }

  private static void fails(Tokens tokens, ErrorCode code, @Nullable String token) {
    HubbubException failure =
        assertThrows(HubbubException.class, () -> await(tokens.verify(token)), token);
    assertEquals(code, failure.code(), token);
  }

  private static Tokens tokens() {
    return tokens(AuthOptions.ofSecret(SECRET));
  }

  private static Tokens tokens(AuthOptions options) {
    return Tokens.create(vertx, options, () -> NOW, System::nanoTime).result();
  }

  private static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(20, TimeUnit.SECONDS);
  }
}
