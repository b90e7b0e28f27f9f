package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.List;

/**
 * The signs of life of all nodes.
 *
 * @param rows one for each node that beat within the last minute
 */
public record Beats(List<BeatRow> rows) implements Wire {
  @Override
  public void write(Out out) {
    out.all(rows);
  }

  /** The inverse of {@link #write}. */
  public static Beats read(In in) {
    return new Beats(in.all(BeatRow::read));
  }
}
