package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import java.util.List;

/**
 * Takes what a home knows of a user's sessions at some edges for over, asked at {@code
 * presence.<node>}. An edge that holds them all the same says so with its next digest. Answered by
 * {@link Done}.
 *
 * @param user whose
 * @param edges the nodes; those at which the user has no session do no harm
 */
public record ExpirePresence(String user, List<String> edges) implements Query {
  @Override
  public void write(Out out) {
    out.text(user).texts(edges);
  }

  /** The inverse of {@link #write}. */
  public static ExpirePresence read(In in) {
    return new ExpirePresence(in.text(), in.texts());
  }
}
