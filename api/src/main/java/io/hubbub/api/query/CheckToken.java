package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether a token is still good; lets the user exist as {@link Open} does. Answered by {@link
 * Done}; fails with {@code token_revoked}.
 *
 * @param user whose
 * @param name the token's name claim
 * @param admin the token's admin claim
 * @param version the token's {@code ver} claim plus 1, or 0
 * @param family the login, or null
 */
public record CheckToken(
    String user, @Nullable String name, boolean admin, long version, @Nullable UUID family)
    implements Query {
  @Override
  public void write(Out out) {
    out.text(user);
    out.text(name);
    out.bool(admin);
    out.varint(version);
    out.text(family == null ? null : family.toString());
  }

  /** The inverse of {@link #write}. */
  public static CheckToken read(In in) {
    return new CheckToken(
        in.text(), in.maybeText(), in.bool(), in.varint(), Uuids.maybe(in.maybeText()));
  }
}
