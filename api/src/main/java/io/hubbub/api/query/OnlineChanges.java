package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import io.hubbub.api.presence.Presence;
import java.util.List;

/**
 * Answer to {@link ReadOnlineChanges}.
 *
 * @param changes oldest first; of a user that changed twice, both
 * @param next the place behind the last of them
 * @param lost whether some were missed, as they were too many or too long ago
 * @param counts how many users there are by {@link io.hubbub.api.presence.Status#code}, those
 *     offline not counted
 */
public record OnlineChanges(List<Presence> changes, long next, boolean lost, List<Long> counts)
    implements Wire {
  @Override
  public void write(Out out) {
    out.all(changes).varint(next).bool(lost);
    out.varint(counts.size());
    counts.forEach(out::varint);
  }

  /** The inverse of {@link #write}. */
  public static OnlineChanges read(In in) {
    return new OnlineChanges(in.all(Presence::read), in.varint(), in.bool(), in.all(In::varint));
  }
}
