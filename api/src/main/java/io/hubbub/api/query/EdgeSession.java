package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import io.hubbub.api.presence.SessionInfo;

/**
 * A session as its edge knows it.
 *
 * @param user whose
 * @param session what homes are told of it, too
 * @param sentBytes how much it was sent, not counting frames
 * @param waitingBytes how much waits for it to read
 * @param behind of how many conversations it is told heads only, as it was too slow
 * @param silentMillis how long ago anything came from it
 */
public record EdgeSession(
    String user,
    SessionInfo session,
    long sentBytes,
    long waitingBytes,
    int behind,
    long silentMillis)
    implements Wire {
  @Override
  public void write(Out out) {
    out.text(user);
    session.write(out);
    out.varint(sentBytes).varint(waitingBytes).varint(behind).varint(silentMillis);
  }

  /** The inverse of {@link #write}. */
  public static EdgeSession read(In in) {
    return new EdgeSession(
        in.text(), SessionInfo.read(in), in.varint(), in.varint(), in.count(), in.varint());
  }
}
