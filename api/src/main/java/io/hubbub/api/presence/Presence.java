package io.hubbub.api.presence;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;

/**
 * How a user is seen.
 *
 * @param user who
 * @param status the merged status of all sessions
 * @param lastSeen when others last saw the user, epoch milliseconds of the database; 0 where they
 *     never did or see the user now
 */
public record Presence(String user, Status status, long lastSeen) implements Wire {

  /** A user of whom nothing is known, or may be told. */
  public static Presence unknown(String user) {
    return new Presence(user, Status.OFFLINE, 0);
  }

  /** The same as others see it. */
  public Presence toOthers() {
    return status == Status.INVISIBLE ? new Presence(user, Status.OFFLINE, lastSeen) : this;
  }

  @Override
  public void write(Out out) {
    out.text(user);
    out.u8(status.code());
    out.varint(lastSeen);
  }

  /** The inverse of {@link #write}. */
  public static Presence read(In in) {
    return new Presence(in.text(), Status.ofCode(in.u8()), in.varint());
  }
}
