package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.presence.Status;
import org.jspecify.annotations.Nullable;

/**
 * Users with sessions, of those that a presence node is home of, in order of id. Asked at {@code
 * presence.<node>}; every home has others, so who wants them all asks each and merges. Answered by
 * {@link Online}.
 *
 * @param status only those with this status (an invisible user is invisible here), or null
 * @param prefix only ids that begin with this; empty: all
 * @param after only ids above this, that of the last user or {@link Online#next}; empty: from the
 *     start
 * @param limit how many at most, 1 to 1,000
 */
public record ListOnline(@Nullable Status status, String prefix, String after, int limit)
    implements Query {
  @Override
  public void write(Out out) {
    out.varint(status == null ? 0 : status.code() + 1L);
    out.text(prefix);
    out.text(after);
    out.varint(limit);
  }

  /** The inverse of {@link #write}. */
  public static ListOnline read(In in) {
    return new ListOnline(status(in.count()), in.text(), in.text(), in.count());
  }

  private static @Nullable Status status(int code) {
    return code == 0 ? null : Status.ofCode(code - 1);
  }
}
