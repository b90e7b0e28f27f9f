package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/**
 * Lets a process drain as SIGTERM does, without ending it: it hands its slots over, moves its
 * clients and is not ready from then on. Asked at {@code node.<node>}; the same again does nothing.
 * Answered by {@link Done} when it has begun.
 */
public record DrainNode() implements Query {
  @Override
  public void write(Out out) {}

  /** The inverse of {@link #write}. */
  public static DrainNode read(In in) {
    return new DrainNode();
  }
}
