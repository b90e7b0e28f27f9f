package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;

/** It is done. */
public record Done() implements Wire {
  @Override
  public void write(Out out) {}

  /** The inverse of {@link #write}. */
  public static Done read(In in) {
    return new Done();
  }
}
