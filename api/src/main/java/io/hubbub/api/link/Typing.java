package io.hubbub.api.link;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import java.util.UUID;

/**
 * Both ways: a user types, or no longer does.
 *
 * @param conversation which
 * @param user who
 * @param on whether
 */
public record Typing(UUID conversation, String user, boolean on) implements Item {
  @Override
  public void write(Out out) {
    out.uuid(conversation);
    out.text(user);
    out.bool(on);
  }

  /** The inverse of {@link #write}. */
  public static Typing read(In in) {
    return new Typing(in.uuid(), in.text(), in.bool());
  }
}
