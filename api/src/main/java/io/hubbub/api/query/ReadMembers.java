package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of the members. Answered by {@link Members}; fails with {@code not_a_member}.
 *
 * @param conversation which
 * @param reader who asks
 * @param after the last user of the page before, or null
 * @param limit how many at most
 */
public record ReadMembers(UUID conversation, String reader, @Nullable String after, int limit)
    implements Query {
  @Override
  public void write(Out out) {
    out.uuid(conversation);
    out.text(reader);
    out.text(after);
    out.varint(limit);
  }

  /** The inverse of {@link #write}. */
  public static ReadMembers read(In in) {
    return new ReadMembers(in.uuid(), in.text(), in.maybeText(), in.count());
  }
}
