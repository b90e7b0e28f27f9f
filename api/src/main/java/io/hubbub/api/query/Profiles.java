package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.List;

/**
 * Answer to {@link ReadUsers}.
 *
 * @param profiles in no order
 */
public record Profiles(List<Profile> profiles) implements Wire {
  @Override
  public void write(Out out) {
    out.all(profiles);
  }

  /** The inverse of {@link #write}. */
  public static Profiles read(In in) {
    return new Profiles(in.all(Profile::read));
  }
}
