package io.hubbub.api.presence;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import org.jspecify.annotations.Nullable;

/**
 * One session of a user.
 *
 * @param id the session's id
 * @param device the device that the client named, or null
 * @param address the network address it comes from
 * @param since when it said hello, epoch milliseconds of its node
 * @param idle whether its client has not sent a command for some time
 */
public record SessionInfo(
    String id, @Nullable String device, String address, long since, boolean idle) implements Wire {

  /** The same, idle or in use. */
  public SessionInfo idle(boolean now) {
    return new SessionInfo(id, device, address, since, now);
  }

  @Override
  public void write(Out out) {
    out.text(id);
    out.text(device);
    out.text(address);
    out.varint(since);
    out.bool(idle);
  }

  /** The inverse of {@link #write}. */
  public static SessionInfo read(In in) {
    return new SessionInfo(in.text(), in.maybeText(), in.text(), in.varint(), in.bool());
  }
}
