package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import java.util.List;

/**
 * Keeps the chosen status and last seen of users: the later of each counts. Answered by {@link
 * Done}.
 *
 * @param rows at most one for each user
 */
public record KeepPresence(List<KeptPresence> rows) implements Query {
  @Override
  public void write(Out out) {
    out.all(rows);
  }

  /** The inverse of {@link #write}. */
  public static KeepPresence read(In in) {
    return new KeepPresence(in.all(KeptPresence::read));
  }
}
