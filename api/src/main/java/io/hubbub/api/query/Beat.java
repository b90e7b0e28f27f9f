package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/**
 * A sign of life of a node, on database time. Answered by {@link Beats}.
 *
 * @param node which
 * @param draining whether it is about to leave
 */
public record Beat(String node, boolean draining) implements Query {
  @Override
  public void write(Out out) {
    out.text(node);
    out.bool(draining);
  }

  /** The inverse of {@link #write}. */
  public static Beat read(In in) {
    return new Beat(in.text(), in.bool());
  }
}
