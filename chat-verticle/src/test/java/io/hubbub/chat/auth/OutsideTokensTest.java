package io.hubbub.chat.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tokens of an outside identity provider, by its published keys. */
class OutsideTokensTest {
  private static final KeyPair RSA = Signed.rsa();
  private static final KeyPair EC = Signed.ec();
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
  void keysFromAFileAreUsedEachWithItsAlgorithm() throws Exception {
    Tokens tokens = file(Signed.jwks(Signed.jwk("r", RSA), Signed.jwk("e", EC)));
    for (String kid : new String[] {"r", null}) {
      Identity identity = await(tokens.verify(token("RS256", kid, RSA)));
      assertEquals("bob", identity.user());
      assertEquals(0, identity.version());
      assertNull(identity.family());
    }
    assertEquals("bob", await(tokens.verify(token("ES256", "e", EC))).user());
    assertEquals("bob", await(tokens.verify(token("ES256", null, EC))).user());
    refused(tokens, token("RS256", "e", RSA));
    refused(tokens, token("ES256", "r", EC));
    refused(tokens, token("RS256", "other", RSA));
    refused(tokens, token("RS256", "r", Signed.rsa()));
    refused(tokens, token("ES256", "e", Signed.ec()));
    refused(tokens, token("RS512", "r", RSA));
    tokens.close();
  }

  @Test
  void aPublicKeyIsNoSecret() throws Exception {
    Tokens tokens = file(Signed.jwks(Signed.jwk("r", RSA)));
    RSAPublicKey key = (RSAPublicKey) RSA.getPublic();
    String pem = Base64.getEncoder().encodeToString(key.getEncoded());
    JsonObject header = new JsonObject().put("alg", "HS256").put("kid", "r");
    refused(tokens, Signed.hmac(header, claims(), pem));
    refused(tokens, Signed.hmac(header, claims(), Signed.jwk("r", RSA).getString("n")));
    refused(tokens, Signed.unsigned(new JsonObject().put("alg", "none"), claims()));
    tokens.close();
  }

  @Test
  void keysWithoutAnIdFitTokensWithOne() throws Exception {
    JsonObject jwk = Signed.jwk("x", RSA);
    jwk.remove("kid");
    Tokens tokens = file(Signed.jwks(jwk));
    assertEquals("bob", await(tokens.verify(token("RS256", "anything", RSA))).user());
    assertEquals("bob", await(tokens.verify(token("RS256", null, RSA))).user());
    tokens.close();
  }

  @Test
  void aFileWithoutAUsableKeyStopsTheStart() throws Exception {
    JsonObject forEncryption = Signed.jwk("r", RSA).put("use", "enc");
    JsonObject symmetric = new JsonObject().put("kty", "oct").put("k", "AAAA").put("alg", "HS256");
    assertThrows(IllegalArgumentException.class, () -> file(Signed.jwks(forEncryption, symmetric)));
    assertThrows(IllegalArgumentException.class, () -> file(new JsonObject()));
    AuthOptions missing = AuthOptions.of(null, "/nowhere/keys.json", null, null);
    assertThrows(IllegalArgumentException.class, () -> await(Tokens.create(vertx, missing)));
  }

  @Test
  void keysFromAUrlAreReadAgainWhenATokenNamesANewOne() throws Exception {
    AtomicReference<String> set = new AtomicReference<>(Signed.jwks(Signed.jwk("r", RSA)).encode());
    HttpServer server =
        await(
            vertx
                .createHttpServer()
                .requestHandler(request -> request.response().end(String.valueOf(set.get())))
                .listen(0, "127.0.0.1"));
    String url = "http://127.0.0.1:" + server.actualPort() + "/keys";
    AtomicLong later = new AtomicLong();
    AuthOptions options = AuthOptions.of(null, url, null, null);
    Tokens tokens =
        await(
            Tokens.create(
                vertx, options, System::currentTimeMillis, () -> System.nanoTime() + later.get()));
    assertEquals("bob", await(tokens.verify(token("RS256", "r", RSA))).user());
    set.set(Signed.jwks(Signed.jwk("e", EC)).encode());
    refused(tokens, token("ES256", "e", EC));
    later.addAndGet(TimeUnit.SECONDS.toNanos(11));
    assertEquals("bob", await(tokens.verify(token("ES256", "e", EC))).user());
    refused(tokens, token("RS256", "r", RSA));
    tokens.close();
    await(server.close());
  }

  @Test
  void readingKeysNeverMissesTheAnswer() throws Exception {
    HttpServer server =
        await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request -> request.response().end(Signed.jwks(Signed.jwk("r", RSA)).encode()))
                .listen(0, "127.0.0.1"));
    String url = "http://127.0.0.1:" + server.actualPort() + "/keys";
    for (int i = 0; i < 200; i++) {
      Tokens tokens = await(Tokens.create(vertx, AuthOptions.of(null, url, null, null)));
      assertEquals("bob", await(tokens.verify(token("RS256", "r", RSA))).user());
      tokens.close();
    }
    await(server.close());
  }

  @Test
  void whileTheUrlDoesNotAnswerTheCodeSaysToComeBack() throws Exception {
    AuthOptions options = AuthOptions.of(null, "http://127.0.0.1:1/keys", null, null);
    Tokens tokens = await(Tokens.create(vertx, options));
    HubbubException failure =
        assertThrows(HubbubException.class, () -> await(tokens.verify(token("RS256", "r", RSA))));
    assertEquals(ErrorCode.UNAVAILABLE, failure.code());
    tokens.close();
  }

  private static Tokens file(JsonObject set) throws Exception {
    Path file = Files.createTempFile("keys", ".json");
    file.toFile().deleteOnExit();
    Files.writeString(file, set.encode());
    return await(Tokens.create(vertx, AuthOptions.of(null, file.toString(), null, null)));
  }

  private static String token(String alg, @Nullable String kid, KeyPair pair) {
    JsonObject header = new JsonObject().put("alg", alg);
    if (kid != null) {
      header.put("kid", kid);
    }
    return Signed.asymmetric(header, claims(), pair);
  }

  private static JsonObject claims() {
    return new JsonObject()
        .put("sub", "bob")
        .put("exp", System.currentTimeMillis() / 1000 + 60)
        .put("ver", "2.0")
        .put("fam", "not ours");
  }

  private static void refused(Tokens tokens, String token) {
    HubbubException failure =
        assertThrows(HubbubException.class, () -> await(tokens.verify(token)));
    assertEquals(ErrorCode.UNAUTHENTICATED, failure.code());
  }

  private static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(20, TimeUnit.SECONDS);
  }
}
