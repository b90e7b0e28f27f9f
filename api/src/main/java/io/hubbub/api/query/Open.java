package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Opens a session: lets the user exist if its valid token is seen for the first time, checks that
 * the token is not revoked. Answered by {@link Opened}; fails with {@code token_revoked}.
 *
 * @param user whose session
 * @param name the token's name claim
 * @param admin the token's admin claim
 * @param version the token's {@code ver} claim plus 1, or 0 for a token of an outside issuer
 * @param family the login that the token comes from, or null
 * @param cursor where the last reading of conversations ended
 * @param limit how many rows at most
 * @param follow how many conversations to follow at most, the most recently active first
 * @param friends how many friends to name at most, and how many blocked; 0: none are wanted
 * @param held where the client's copies of logs end: one number for each conversation
 */
public record Open(
    String user,
    @Nullable String name,
    boolean admin,
    long version,
    @Nullable UUID family,
    @Nullable String cursor,
    int limit,
    int follow,
    int friends,
    Map<UUID, Long> held)
    implements Query {
  /** A copy of the map. */
  public Open {
    held = Map.copyOf(held);
  }

  @Override
  public void write(Out out) {
    out.text(user);
    out.text(name);
    out.bool(admin);
    out.varint(version);
    out.text(family == null ? null : family.toString());
    out.text(cursor);
    out.varint(limit);
    out.varint(follow);
    out.varint(friends);
    out.numbers(held);
  }

  /** The inverse of {@link #write}. */
  public static Open read(In in) {
    return new Open(
        in.text(),
        in.maybeText(),
        in.bool(),
        in.varint(),
        Uuids.maybe(in.maybeText()),
        in.maybeText(),
        in.count(),
        in.count(),
        in.count(),
        in.numbers());
  }
}
