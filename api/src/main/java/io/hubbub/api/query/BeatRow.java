package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;

/**
 * The last sign of life of a node.
 *
 * @param node which
 * @param ageMillis how long ago, by the database's clock
 * @param draining whether it is about to leave
 */
public record BeatRow(String node, long ageMillis, boolean draining) implements Wire {
  @Override
  public void write(Out out) {
    out.text(node);
    out.varint(ageMillis);
    out.bool(draining);
  }

  /** The inverse of {@link #write}. */
  public static BeatRow read(In in) {
    return new BeatRow(in.text(), in.varint(), in.bool());
  }
}
