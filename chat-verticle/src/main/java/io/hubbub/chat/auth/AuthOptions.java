package io.hubbub.chat.auth;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens are good, and how our own are made.
 *
 * @param secret {@code auth.secret}: the HS256 secret of our own tokens, at least 32 bytes; null:
 *     none are made, and nobody signs up or logs in here
 * @param jwks {@code auth.jwks}: URL or file with the public keys of an outside issuer, or null
 * @param issuer {@code auth.issuer}: what {@code iss} must be, or null for anything
 * @param audience {@code auth.audience}: what {@code aud} must contain, or null for anything
 * @param leeway {@code auth.leeway}: how far clocks may differ, at most 60 s; default 30 s
 * @param tokenLifetime {@code auth.token.lifetime}: of our own tokens; default 15 min
 * @param jwksRefresh {@code auth.jwks.refresh}: how often outside keys are read again; default 15
 *     min
 * @param jwksTimeout {@code auth.jwks.timeout}: how long reading them may take; default 5 s
 */
public record AuthOptions(
    @Nullable String secret,
    @Nullable String jwks,
    @Nullable String issuer,
    @Nullable String audience,
    Duration leeway,
    Duration tokenLifetime,
    Duration jwksRefresh,
    Duration jwksTimeout) {
  /** The shortest secret that is accepted, in bytes: as long as what HS256 makes of it. */
  public static final int MIN_SECRET_BYTES = 32;

  private static final Duration MAX_LEEWAY = Duration.ofSeconds(60);

  /**
   * Checks everything.
   *
   * @throws IllegalArgumentException naming the setting and what is wrong with it
   */
  public AuthOptions {
    secret = blankIsNone(secret);
    jwks = blankIsNone(jwks);
    issuer = blankIsNone(issuer);
    audience = blankIsNone(audience);
    if (secret == null && jwks == null) {
      throw new IllegalArgumentException(
          "neither auth.secret nor auth.jwks is set: no token could be checked");
    }
    if (secret != null && secret.getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "auth.secret is shorter than " + MIN_SECRET_BYTES + " bytes");
    }
    if (leeway.isNegative() || leeway.compareTo(MAX_LEEWAY) > 0) {
      throw new IllegalArgumentException("auth.leeway is not within 0 and 60 s");
    }
    positive("auth.token.lifetime", tokenLifetime);
    positive("auth.jwks.refresh", jwksRefresh);
    positive("auth.jwks.timeout", jwksTimeout);
  }

  /** Our own tokens only, everything else as by default. */
  public static AuthOptions ofSecret(String secret) {
    return of(secret, null, null, null);
  }

  /** With the default times. */
  public static AuthOptions of(
      @Nullable String secret,
      @Nullable String jwks,
      @Nullable String issuer,
      @Nullable String audience) {
    return new AuthOptions(
        secret,
        jwks,
        issuer,
        audience,
        Duration.ofSeconds(30),
        Duration.ofMinutes(15),
        Duration.ofMinutes(15),
        Duration.ofSeconds(5));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "AuthOptions[jwks=" + jwks + ", issuer=" + issuer + ", audience=" + audience + "]";
  }

  private static @Nullable String blankIsNone(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " is not above 0");
    }
  }
}
