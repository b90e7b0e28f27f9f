package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.List;

/**
 * User ids, in no order.
 *
 * @param users which
 */
public record Users(List<String> users) implements Wire {
  @Override
  public void write(Out out) {
    out.texts(users);
  }

  /** The inverse of {@link #write}. */
  public static Users read(In in) {
    return new Users(in.texts());
  }
}
