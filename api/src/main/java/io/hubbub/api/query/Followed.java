package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.UUID;

/**
 * A conversation that a session follows, in the fewest bytes.
 *
 * @param conversation which
 * @param head its newest number when it was read
 */
public record Followed(UUID conversation, long head) implements Wire {
  @Override
  public void write(Out out) {
    out.uuid(conversation);
    out.varint(head);
  }

  /** The inverse of {@link #write}. */
  public static Followed read(In in) {
    return new Followed(in.uuid(), in.varint());
  }
}
