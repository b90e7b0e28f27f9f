package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.List;

/**
 * Answer to {@link ListSessions} and {@link EndSessions}.
 *
 * @param sessions in order of user and id
 * @param more whether there are more behind the last one looked at
 * @param lastUser whose that one is; it may have ended meanwhile
 * @param lastId its id
 */
public record Sessions(List<EdgeSession> sessions, boolean more, String lastUser, String lastId)
    implements Wire {
  @Override
  public void write(Out out) {
    out.all(sessions);
    out.bool(more);
    out.text(lastUser).text(lastId);
  }

  /** The inverse of {@link #write}. */
  public static Sessions read(In in) {
    return new Sessions(in.all(EdgeSession::read), in.bool(), in.text(), in.text());
  }
}
