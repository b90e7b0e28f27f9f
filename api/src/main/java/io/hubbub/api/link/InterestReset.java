package io.hubbub.api.link;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/** To a home: forget the sender's interest; all of it follows. */
public record InterestReset() implements Item {
  @Override
  public void write(Out out) {}

  /** The inverse of {@link #write}. */
  public static InterestReset read(In in) {
    return new InterestReset();
  }
}
