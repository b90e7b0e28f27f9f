package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/** How a process is, asked at {@code node.<node>}. Answered by {@link NodeState}. */
public record DescribeNode() implements Query {
  @Override
  public void write(Out out) {}

  /** The inverse of {@link #write}. */
  public static DescribeNode read(In in) {
    return new DescribeNode();
  }
}
