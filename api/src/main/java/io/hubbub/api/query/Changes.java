package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.List;

/**
 * Answer to {@link ReadChanges}; rows may repeat.
 *
 * @param watermark where to go on
 * @param changes in order of commit as far as there is one
 */
public record Changes(long watermark, List<Change> changes) implements Wire {
  @Override
  public void write(Out out) {
    out.varint(watermark);
    out.all(changes);
  }

  /** The inverse of {@link #write}. */
  public static Changes read(In in) {
    return new Changes(in.varint(), in.all(Change::read));
  }
}
