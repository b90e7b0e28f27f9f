package io.hubbub.api.link;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.cluster.Slots;
import io.hubbub.api.presence.Chosen;
import io.hubbub.api.presence.SessionInfo;
import java.util.List;

/**
 * To a home of users: all sessions of a user at the sending edge; replaces what it told before.
 *
 * @param user whose
 * @param version rises with each change at this edge
 * @param chosen what the user last chose at this edge
 * @param ended whether there are none left; {@code sessions} are then those that ended last
 * @param endedMillis how long ago they ended
 * @param sessions at least one
 */
public record Lease(
    String user,
    long version,
    Chosen chosen,
    boolean ended,
    long endedMillis,
    List<SessionInfo> sessions)
    implements Item {

  /** What stands for a user's sessions in the digest of an edge. */
  public static long hash(String user, long version) {
    return Slots.mix(Slots.hash(user) + Slots.mix(version));
  }

  @Override
  public int weight() {
    return 96 + 160 * sessions.size();
  }

  @Override
  public void write(Out out) {
    out.text(user);
    out.varint(version);
    chosen.write(out);
    out.bool(ended);
    out.varint(endedMillis);
    out.all(sessions);
  }

  /** The inverse of {@link #write}. */
  public static Lease read(In in) {
    return new Lease(
        in.text(), in.varint(), Chosen.read(in), in.bool(), in.varint(), in.all(SessionInfo::read));
  }
}
