package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import org.jspecify.annotations.Nullable;

/**
 * A user's conversations with unread messages, the most recently active first. Answered by {@link
 * Rows}, one page, whose cursor is for {@link ListConversations}: the place asked with where that
 * is good, else what has changed from now on.
 *
 * @param user who
 * @param place a cursor that the client got earlier, or null
 * @param limit how many at most
 */
public record ListUnread(String user, @Nullable String place, int limit) implements Query {
  @Override
  public void write(Out out) {
    out.text(user).text(place).varint(limit);
  }

  /** The inverse of {@link #write}. */
  public static ListUnread read(In in) {
    return new ListUnread(in.text(), in.maybeText(), in.count());
  }
}
