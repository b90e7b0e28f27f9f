package io.hubbub.bench.contestant;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens as an issuer with the node's secret signs them (HS256, RFC 7519). */
final class Tokens {
  static final String SECRET = "a secret of the bench, which is long enough";

  private static final int HOURS = 12;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String HEADER = part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");

  private Tokens() {}

  static String of(String user) {
    long end = System.currentTimeMillis() / 1000 + HOURS * 3_600;
    String unsigned = HEADER + "." + part("{\"sub\":\"" + user + "\",\"exp\":" + end + "}");
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signature = mac.doFinal(unsigned.getBytes(StandardCharsets.US_ASCII));
      return unsigned + "." + BASE64.encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String part(String json) {
    return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
