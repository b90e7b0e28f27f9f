package io.hubbub.api.link;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/** To an edge: the home of users has lost what it knew; send a {@link Report}. */
public record ReportAgain() implements Item {
  @Override
  public void write(Out out) {}

  /** The inverse of {@link #write}. */
  public static ReportAgain read(In in) {
    return new ReportAgain();
  }
}
