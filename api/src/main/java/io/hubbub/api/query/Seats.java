package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import io.hubbub.api.cluster.Slots;
import java.util.List;

/**
 * Answer to {@link ReadSeats}.
 *
 * @param users {@link Slots#hash} of each user's id: enough to count who is at several edges once
 */
public record Seats(List<Long> users) implements Wire {
  @Override
  public void write(Out out) {
    out.varint(users.size());
    users.forEach(out::int64);
  }

  /** The inverse of {@link #write}. */
  public static Seats read(In in) {
    return new Seats(in.all(In::int64));
  }
}
