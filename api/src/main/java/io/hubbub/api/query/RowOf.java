package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import java.util.UUID;

/**
 * One conversation as one of its users sees it. Answered by {@link Rows} with one row; fails with
 * {@code not_a_member}.
 *
 * @param user who asks
 * @param conversation which
 */
public record RowOf(String user, UUID conversation) implements Query {
  @Override
  public void write(Out out) {
    out.text(user);
    out.uuid(conversation);
  }

  /** The inverse of {@link #write}. */
  public static RowOf read(In in) {
    return new RowOf(in.text(), in.uuid());
  }
}
