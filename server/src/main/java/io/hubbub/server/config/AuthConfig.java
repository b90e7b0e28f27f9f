package io.hubbub.server.config;

import java.time.Duration;
import java.util.Optional;

/**
 * Whose tokens are believed.
 *
 * @param secret signs our own; at least 32 bytes of UTF-8
 * @param jwks an outside identity provider's keys
 * @param issuer the {@code iss} that tokens must have
 * @param audience the {@code aud} that tokens must have
 * @param leeway how far the clocks of token makers may differ
 * @param tokenLifetime of our own tokens
 * @param jwksRefresh between two readings of the outside keys
 * @param jwksTimeout that such a reading may take
 */
public record AuthConfig(
    Optional<String> secret,
    Optional<String> jwks,
    Optional<String> issuer,
    Optional<String> audience,
    Duration leeway,
    Duration tokenLifetime,
    Duration jwksRefresh,
    Duration jwksTimeout) {

  /** The least length of the secret, in bytes of UTF-8. */
  public static final int SECRET_BYTES = 32;

  /** The same with a secret that was made. */
  public AuthConfig withSecret(String made) {
    return new AuthConfig(
        Optional.of(made), jwks, issuer, audience, leeway, tokenLifetime, jwksRefresh, jwksTimeout);
  }

  /** Never shows the secret. */
  @Override
  public String toString() {
    return "AuthConfig[secret=" + (secret.isPresent() ? "…" : "none") + ", jwks=" + jwks + "]";
  }
}
