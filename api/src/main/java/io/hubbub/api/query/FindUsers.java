package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/**
 * Users whose id or name begins with a text. Answered by {@link Profiles}.
 *
 * @param prefix the text
 * @param limit how many at most
 */
public record FindUsers(String prefix, int limit) implements Query {
  @Override
  public void write(Out out) {
    out.text(prefix);
    out.varint(limit);
  }

  /** The inverse of {@link #write}. */
  public static FindUsers read(In in) {
    return new FindUsers(in.text(), in.count());
  }
}
