package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.List;

/**
 * Answer to {@link FriendsOf}.
 *
 * @param friends whose presence the user sees
 * @param hidden who blocks the user or is blocked: neither hears what the other does
 */
public record Circle(List<String> friends, List<String> hidden) implements Wire {
  @Override
  public void write(Out out) {
    out.texts(friends).texts(hidden);
  }

  /** The inverse of {@link #write}. */
  public static Circle read(In in) {
    return new Circle(in.texts(), in.texts());
  }
}
