package io.hubbub.chat.auth;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A token taken apart, nothing of it checked yet.
 *
 * @param algorithm the header's {@code alg}
 * @param kid the header's {@code kid}, or null
 * @param claims what it says
 */
record Jose(String algorithm, @Nullable String kid, JsonObject claims) {
  /** Longer tokens are not even looked at, in characters. */
  static final int MAX_LENGTH = 8192;

  /** The parts of a token, or null when it has none. */
  static @Nullable Jose parse(String token) {
    if (token.length() > MAX_LENGTH) {
      return null;
    }
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3 || parts[2].isEmpty()) {
      return null;
    }
    try {
      JsonObject header = json(parts[0]);
      // RFC 7515: who does not understand an extension named as critical refuses the token.
      if (header.containsKey("crit") || !(header.getValue("alg") instanceof String algorithm)) {
        return null;
      }
      Object kid = header.getValue("kid");
      if (kid != null && !(kid instanceof String)) {
        return null;
      }
      return new Jose(algorithm, (String) kid, json(parts[1]));
    } catch (IllegalArgumentException | DecodeException e) {
      return null;
    }
  }

  private static JsonObject json(String part) {
    return new JsonObject(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
  }
}
