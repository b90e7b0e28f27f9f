package io.hubbub.system.client;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens, good ones and bad ones. */
public final class Jwt {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private Jwt() {}

  /** A good token of a user for an hour. */
  public static String user(String secret, String user) {
    return hs256(secret, new JsonObject().put("sub", user).put("exp", inSeconds(3600)));
  }

  /** A good token of an administrator, called root, for an hour. */
  public static String admin(String secret) {
    JsonObject claims = new JsonObject().put("sub", "root").put("admin", true);
    return hs256(secret, claims.put("exp", inSeconds(3600)));
  }

  /** A time from now, as claims hold it. */
  public static long inSeconds(long seconds) {
    return System.currentTimeMillis() / 1000 + seconds;
  }

  /** Signs claims with HS256. */
  public static String hs256(String secret, JsonObject claims) {
    String unsigned = unsigned("HS256", claims);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signature = mac.doFinal(unsigned.getBytes(StandardCharsets.US_ASCII));
      return unsigned + "." + BASE64.encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Claims that say they need no signature. */
  public static String none(JsonObject claims) {
    return unsigned("none", claims) + ".";
  }

  private static String unsigned(String algorithm, JsonObject claims) {
    JsonObject header = new JsonObject().put("alg", algorithm).put("typ", "JWT");
    return part(header) + "." + part(claims);
  }

  private static String part(JsonObject json) {
    return BASE64.encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
  }
}
