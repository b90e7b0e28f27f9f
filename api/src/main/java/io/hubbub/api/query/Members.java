package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.List;

/**
 * Answer to {@link ReadMembers}.
 *
 * @param members in order of user
 * @param more whether there are more
 */
public record Members(List<Member> members, boolean more) implements Wire {
  @Override
  public void write(Out out) {
    out.all(members);
    out.bool(more);
  }

  /** The inverse of {@link #write}. */
  public static Members read(In in) {
    return new Members(in.all(Member::read), in.bool());
  }
}
