package io.hubbub.api.link;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.presence.Presence;

/**
 * To an edge: how a user that it watches is seen now.
 *
 * @param presence as the user sees it; others are shown {@link Presence#toOthers}
 */
public record Shown(Presence presence) implements Item {
  @Override
  public void write(Out out) {
    presence.write(out);
  }

  /** The inverse of {@link #write}. */
  public static Shown read(In in) {
    return new Shown(Presence.read(in));
  }
}
