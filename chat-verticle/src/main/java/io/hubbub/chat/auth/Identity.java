package io.hubbub.chat.auth;

import io.hubbub.api.query.CheckToken;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a valid token says.
 *
 * @param user the user's id, at most 128 bytes, without control characters
 * @param name the name to show, or null
 * @param admin whether an administrator
 * @param expiresAt when the token ends, epoch milliseconds, without the leeway
 * @param version the {@code ver} claim plus 1, or 0 for a token of an outside issuer
 * @param family the login that the token comes from, or null
 */
public record Identity(
    String user,
    @Nullable String name,
    boolean admin,
    long expiresAt,
    long version,
    @Nullable UUID family) {

  /** The question whether it has been revoked, which also lets the user exist. */
  public CheckToken check() {
    return new CheckToken(user, name, admin, version, family);
  }
}
