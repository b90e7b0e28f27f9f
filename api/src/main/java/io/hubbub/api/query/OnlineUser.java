package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import io.hubbub.api.presence.Chosen;
import io.hubbub.api.presence.Status;
import java.util.List;

/**
 * A user with sessions.
 *
 * @param user who
 * @param status merged, as the user sees it
 * @param chosen what the user chose
 * @param sessions of all nodes
 */
public record OnlineUser(String user, Status status, Chosen chosen, List<OnlineSession> sessions)
    implements Wire {
  @Override
  public void write(Out out) {
    out.text(user);
    out.u8(status.code());
    chosen.write(out);
    out.all(sessions);
  }

  /** The inverse of {@link #write}. */
  public static OnlineUser read(In in) {
    return new OnlineUser(
        in.text(), Status.ofCode(in.u8()), Chosen.read(in), in.all(OnlineSession::read));
  }
}
