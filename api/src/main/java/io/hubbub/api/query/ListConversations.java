package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import org.jspecify.annotations.Nullable;

/**
 * What changed for a user since a cursor, or everything. Answered by {@link Rows}.
 *
 * @param user whose
 * @param cursor where the last reading ended, or null
 * @param limit how many rows at most
 */
public record ListConversations(String user, @Nullable String cursor, int limit) implements Query {
  @Override
  public void write(Out out) {
    out.text(user);
    out.text(cursor);
    out.varint(limit);
  }

  /** The inverse of {@link #write}. */
  public static ListConversations read(In in) {
    return new ListConversations(in.text(), in.maybeText(), in.count());
  }
}
