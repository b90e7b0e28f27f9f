package io.hubbub.chat.auth;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.chat.protocol.Texts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks the claims of a token whose signature is good. Pure. */
final class Claims {
  private static final int MAX_NAME_BYTES = 256;

  private final AuthOptions options;

  Claims(AuthOptions options) {
    this.options = options;
  }

  /**
   * Whose token it is.
   *
   * @param own whether it is signed with our own secret: only then {@code ver} and {@code fam} mean
   *     what they mean here
   * @param now epoch milliseconds
   * @throws HubbubException {@code unauthenticated} or {@code token_expired}
   */
  Identity check(JsonObject claims, boolean own, long now) {
    if (!(claims.getValue("sub") instanceof String user) || !Texts.userId(user)) {
      throw refused("the token has no sub that could be a user id");
    }
    if (!(claims.getValue("exp") instanceof Number exp)) {
      throw refused("the token has no exp");
    }
    long leeway = options.leeway().toMillis();
    long expiresAt = (long) (exp.doubleValue() * 1000);
    if (expiresAt <= now - leeway) {
      throw new HubbubException(ErrorCode.TOKEN_EXPIRED, "the token's time is over");
    }
    if (claims.containsKey("nbf")
        && !(claims.getValue("nbf") instanceof Number nbf
            && nbf.doubleValue() * 1000 <= now + leeway)) {
      throw refused("the token is not valid yet");
    }
    if (options.issuer() != null && !options.issuer().equals(claims.getValue("iss"))) {
      throw refused("the token is of another issuer");
    }
    if (options.audience() != null && !contains(claims.getValue("aud"), options.audience())) {
      throw refused("the token is for another audience");
    }
    return new Identity(
        user,
        name(claims),
        Boolean.TRUE.equals(claims.getValue("admin")),
        expiresAt,
        own ? version(claims) : 0,
        own ? family(claims) : null);
  }

  private static long version(JsonObject claims) {
    if (!claims.containsKey("ver")) {
      return 0;
    }
    if (claims.getValue("ver") instanceof Number version && version.longValue() >= 0) {
      return version.longValue() + 1;
    }
    throw refused("the token's ver is not a number");
  }

  private static @Nullable UUID family(JsonObject claims) {
    if (!claims.containsKey("fam")) {
      return null;
    }
    try {
      return UUID.fromString(String.valueOf(claims.getValue("fam")));
    } catch (IllegalArgumentException e) {
      throw refused("the token's fam is not an identifier");
    }
  }

  private static @Nullable String name(JsonObject claims) {
    return claims.getValue("name") instanceof String name
            && Texts.line(name)
            && Texts.utf8Length(name) <= MAX_NAME_BYTES
        ? name
        : null;
  }

  private static boolean contains(@Nullable Object audience, String wanted) {
    return audience instanceof JsonArray several
        ? several.contains(wanted)
        : wanted.equals(audience);
  }

  private static HubbubException refused(String why) {
    return new HubbubException(ErrorCode.UNAUTHENTICATED, why);
  }
}
