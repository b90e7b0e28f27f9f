package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;

/**
 * A user as others see it.
 *
 * @param id the user
 * @param name the name to show
 */
public record Profile(String id, String name) implements Wire {
  @Override
  public void write(Out out) {
    out.text(id);
    out.text(name);
  }

  /** The inverse of {@link #write}. */
  public static Profile read(In in) {
    return new Profile(in.text(), in.text());
  }
}
