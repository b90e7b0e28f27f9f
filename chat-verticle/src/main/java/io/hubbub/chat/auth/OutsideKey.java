package io.hubbub.chat.auth;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One public key of an outside issuer, pinned to one algorithm.
 *
 * @param kid its id, or null
 * @param algorithm {@code RS256} or {@code ES256}
 * @param auth checks signatures with this key alone
 */
record OutsideKey(@Nullable String kid, String algorithm, JWTAuth auth) {
  private static final Logger LOG = LoggerFactory.getLogger(OutsideKey.class);

  /** How many keys of a set are taken at most. */
  private static final int MAX_KEYS = 64;

  private static final int MIN_RSA_BITS = 2048;

  /** Whether a token with such a header may be of this key. */
  boolean fits(Jose token) {
    return algorithm.equals(token.algorithm())
        && (token.kid() == null || kid == null || kid.equals(token.kid()));
  }

  /** The keys of a set that can be used; others, such as those for encryption, are left out. */
  static List<OutsideKey> of(Vertx vertx, JsonObject set) {
    List<OutsideKey> keys = new ArrayList<>();
    if (!(set.getValue("keys") instanceof JsonArray array)) {
      return keys;
    }
    for (Object item : array) {
      if (item instanceof JsonObject jwk && keys.size() < MAX_KEYS) {
        String algorithm = algorithm(jwk);
        if (algorithm != null) {
          add(vertx, keys, jwk, algorithm);
        }
      }
    }
    return keys;
  }

  private static void add(Vertx vertx, List<OutsideKey> keys, JsonObject jwk, String algorithm) {
    String kid = jwk.getValue("kid") instanceof String text ? text : null;
    JsonObject pinned = new JsonObject().put("alg", algorithm).put("use", "sig");
    for (String field : List.of("kty", "n", "e", "crv", "x", "y")) {
      if (jwk.getValue(field) instanceof String value) {
        pinned.put(field, value);
      }
    }
    if (kid != null) {
      pinned.put("kid", kid);
    }
    try {
      JWTAuthOptions options =
          new JWTAuthOptions()
              .addJwk(pinned)
              .setJWTOptions(new JWTOptions().setIgnoreExpiration(true).setLeeway(60));
      keys.add(new OutsideKey(kid, algorithm, JWTAuth.create(vertx, options)));
    } catch (RuntimeException e) {
      LOG.warn("Key {} of the outside issuer cannot be used: {}", kid, e.getMessage());
    }
  }

  private static @Nullable String algorithm(JsonObject jwk) {
    if (jwk.containsKey("use") && !"sig".equals(jwk.getValue("use"))) {
      return null;
    }
    String named = jwk.getValue("alg") instanceof String text ? text : null;
    String kty = String.valueOf(jwk.getValue("kty")).toUpperCase(Locale.ROOT);
    if (kty.equals("RSA") && (named == null || named.equals("RS256")) && longEnough(jwk)) {
      return "RS256";
    }
    if (kty.equals("EC")
        && "P-256".equals(jwk.getValue("crv"))
        && (named == null || named.equals("ES256"))) {
      return "ES256";
    }
    return null;
  }

  private static boolean longEnough(JsonObject jwk) {
    return jwk.getValue("n") instanceof String modulus && modulus.length() >= MIN_RSA_BITS / 6;
  }
}
