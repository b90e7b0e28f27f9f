package io.hubbub.api.link;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import java.util.UUID;

/**
 * To a home: the sender has, or no longer has, somebody for a conversation.
 *
 * @param conversation which
 * @param on whether it has
 */
public record Interest(UUID conversation, boolean on) implements Item {
  @Override
  public void write(Out out) {
    out.uuid(conversation);
    out.bool(on);
  }

  /** The inverse of {@link #write}. */
  public static Interest read(In in) {
    return new Interest(in.uuid(), in.bool());
  }
}
