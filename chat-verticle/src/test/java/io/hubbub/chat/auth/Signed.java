package io.hubbub.chat.auth;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens by hand, good ones and bad ones, without the library under test. */
final class Signed {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private Signed() {}

  static String hmac(JsonObject header, JsonObject claims, String secret) {
    try {
      String content = content(header, claims);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return content + "." + BASE64.encodeToString(mac.doFinal(bytes(content)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String unsigned(JsonObject header, JsonObject claims) {
    return content(header, claims) + ".";
  }

  static String asymmetric(JsonObject header, JsonObject claims, KeyPair pair) {
    try {
      boolean rsa = pair.getPublic() instanceof RSAPublicKey;
      Signature signer =
          Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
      signer.initSign(pair.getPrivate());
      String content = content(header, claims);
      signer.update(bytes(content));
      return content + "." + BASE64.encodeToString(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyPair rsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyPair ec() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonObject jwk(String kid, KeyPair pair) {
    JsonObject jwk = new JsonObject().put("kid", kid).put("use", "sig");
    if (pair.getPublic() instanceof RSAPublicKey rsa) {
      return jwk.put("kty", "RSA")
          .put("n", number(rsa.getModulus(), 256))
          .put("e", BASE64.encodeToString(rsa.getPublicExponent().toByteArray()));
    }
    ECPublicKey ec = (ECPublicKey) pair.getPublic();
    return jwk.put("kty", "EC")
        .put("crv", "P-256")
        .put("x", number(ec.getW().getAffineX(), 32))
        .put("y", number(ec.getW().getAffineY(), 32));
  }

  static JsonObject jwks(JsonObject... keys) {
    return new JsonObject().put("keys", new JsonArray(Arrays.asList(keys)));
  }

  private static String number(BigInteger number, int size) {
    byte[] all = number.toByteArray();
    byte[] exact = new byte[size];
    int copied = Math.min(size, all.length);
    System.arraycopy(all, all.length - copied, exact, size - copied, copied);
    return BASE64.encodeToString(exact);
  }

  private static String content(JsonObject header, JsonObject claims) {
    return BASE64.encodeToString(bytes(header.encode()))
        + "."
        + BASE64.encodeToString(bytes(claims.encode()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
