package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import java.util.List;

/**
 * What is kept of users' presence. Answered by {@link KeptPresences}; users of whom nothing is kept
 * are missing.
 *
 * @param users whose
 */
public record ReadPresence(List<String> users) implements Query {
  @Override
  public void write(Out out) {
    out.texts(users);
  }

  /** The inverse of {@link #write}. */
  public static ReadPresence read(In in) {
    return new ReadPresence(in.texts());
  }
}
