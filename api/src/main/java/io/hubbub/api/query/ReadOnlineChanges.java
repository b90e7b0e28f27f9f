package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/**
 * Who has come, gone or changed status at a home of users since a place, asked at {@code
 * presence.<node>}. Answered by {@link OnlineChanges}.
 *
 * @param after the place, {@link OnlineChanges#next}; 0: only say what the newest is
 * @param limit how many at most, 1 to 1,000
 */
public record ReadOnlineChanges(long after, int limit) implements Query {
  @Override
  public void write(Out out) {
    out.varint(after).varint(limit);
  }

  /** The inverse of {@link #write}. */
  public static ReadOnlineChanges read(In in) {
    return new ReadOnlineChanges(in.varint(), in.count());
  }
}
