package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.List;

/**
 * Answer to {@link ReadChanges}; rows may repeat.
 *
 * @param watermark where to begin the next time
 * @param next where to go on now, as there is more than one answer holds; 0 when that was all
 * @param changes in order of commit as far as there is one
 */
public record Changes(long watermark, long next, List<Change> changes) implements Wire {
  @Override
  public void write(Out out) {
    out.varint(watermark);
    out.varint(next);
    out.all(changes);
  }

  /** The inverse of {@link #write}. */
  public static Changes read(In in) {
    return new Changes(in.varint(), in.varint(), in.all(Change::read));
  }
}
