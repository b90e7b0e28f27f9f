package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/**
 * Whom a user watches without asking, and whom not at all. Answered by {@link Circle}.
 *
 * @param user who
 * @param limit how many of each at most
 */
public record FriendsOf(String user, int limit) implements Query {
  @Override
  public void write(Out out) {
    out.text(user);
    out.varint(limit);
  }

  /** The inverse of {@link #write}. */
  public static FriendsOf read(In in) {
    return new FriendsOf(in.text(), in.count());
  }
}
