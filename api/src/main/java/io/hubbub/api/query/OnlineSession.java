package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import io.hubbub.api.presence.SessionInfo;

/**
 * A session as the home of its user knows it.
 *
 * @param node the id of the node that it is at
 * @param session what the node says of it
 * @param endedMillis how long ago it ended, where the user still counts as present for it; else 0
 * @param heardMillis how long ago its node was last heard
 */
public record OnlineSession(String node, SessionInfo session, long endedMillis, long heardMillis)
    implements Wire {
  @Override
  public void write(Out out) {
    out.text(node);
    session.write(out);
    out.varint(endedMillis);
    out.varint(heardMillis);
  }

  /** The inverse of {@link #write}. */
  public static OnlineSession read(In in) {
    return new OnlineSession(in.text(), SessionInfo.read(in), in.varint(), in.varint());
  }
}
