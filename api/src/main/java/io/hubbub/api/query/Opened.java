package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Answer to {@link Open}.
 *
 * @param epoch the log's epoch
 * @param rows what changed since the cursor, or the most recently active
 * @param followed all conversations of the user, within the limit asked for
 * @param times of the entries where the client's copies end; missing where there is no such entry
 * @param circle whose presence the user sees, and who is hidden
 */
public record Opened(
    String epoch, Rows rows, List<Followed> followed, Map<UUID, Long> times, Circle circle)
    implements Wire {
  @Override
  public void write(Out out) {
    out.text(epoch);
    rows.write(out);
    out.all(followed);
    out.numbers(times);
    circle.write(out);
  }

  /** The inverse of {@link #write}. */
  public static Opened read(In in) {
    return new Opened(
        in.text(), Rows.read(in), in.all(Followed::read), in.numbers(), Circle.read(in));
  }
}
