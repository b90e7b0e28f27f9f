package io.hubbub.presence;

import io.hubbub.api.presence.SessionInfo;
import io.hubbub.api.presence.Status;
import java.util.Collection;

/** Makes one status of all sessions of a user. Pure. */
final class Merge {
  private Merge() {}

  /**
   * The status.
   *
   * @param sessions of all nodes, in any order; none: offline, whatever was chosen
   * @param chosen what the user chose; {@link Status#ONLINE} follows the sessions
   */
  static Status of(Collection<SessionInfo> sessions, Status chosen) {
    if (sessions.isEmpty()) {
      return Status.OFFLINE;
    }
    if (chosen != Status.ONLINE && chosen != Status.OFFLINE) {
      return chosen;
    }
    return sessions.stream().allMatch(SessionInfo::idle) ? Status.AWAY : Status.ONLINE;
  }
}
