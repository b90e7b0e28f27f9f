package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;

/**
 * A member of a conversation.
 *
 * @param user the user
 * @param role {@code owner} or {@code member}
 * @param joined the number of the entry that made the user a member
 * @param read read position
 * @param delivered delivered position
 */
public record Member(String user, String role, long joined, long read, long delivered)
    implements Wire {
  @Override
  public void write(Out out) {
    out.text(user);
    out.text(role);
    out.varint(joined);
    out.varint(read);
    out.varint(delivered);
  }

  /** The inverse of {@link #write}. */
  public static Member read(In in) {
    return new Member(in.text(), in.text(), in.varint(), in.varint(), in.varint());
  }
}
