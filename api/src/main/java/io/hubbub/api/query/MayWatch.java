package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import java.util.List;

/**
 * Which users a user may see the presence of. Answered by {@link Users}: those of the candidates
 * that may be seen; all others, those that do not exist among them, look offline.
 *
 * @param user who wants to see
 * @param candidates whom
 * @param members rooms of at most so many members show their members to each other
 */
public record MayWatch(String user, List<String> candidates, int members) implements Query {
  @Override
  public void write(Out out) {
    out.text(user);
    out.texts(candidates);
    out.varint(members);
  }

  /** The inverse of {@link #write}. */
  public static MayWatch read(In in) {
    return new MayWatch(in.text(), in.texts(), in.count());
  }
}
