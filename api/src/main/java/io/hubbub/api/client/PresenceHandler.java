package io.hubbub.api.client;

import io.hubbub.api.presence.Presence;

/** Is told how a watched user is seen. */
@FunctionalInterface
public interface PresenceHandler {
  /**
   * The user is seen like this now; an invisible one is offline here. Only the newest is told:
   * changes that follow each other at once may be told as one.
   */
  void seen(Presence presence);
}
