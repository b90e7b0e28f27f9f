package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import java.util.List;

/**
 * Profiles; unknown ones are missing. Answered by {@link Profiles}.
 *
 * @param ids which, at most 200
 */
public record ReadUsers(List<String> ids) implements Query {
  @Override
  public void write(Out out) {
    out.texts(ids);
  }

  /** The inverse of {@link #write}. */
  public static ReadUsers read(In in) {
    return new ReadUsers(in.texts());
  }
}
