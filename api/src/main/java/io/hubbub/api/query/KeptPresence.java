package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import io.hubbub.api.presence.Chosen;

/**
 * What is kept of a user's presence.
 *
 * @param user whose
 * @param chosen the status that the user chose last
 * @param lastSeen when others last saw the user, epoch milliseconds of the database; 0: never
 */
public record KeptPresence(String user, Chosen chosen, long lastSeen) implements Wire {
  @Override
  public void write(Out out) {
    out.text(user);
    chosen.write(out);
    out.varint(lastSeen);
  }

  /** The inverse of {@link #write}. */
  public static KeptPresence read(In in) {
    return new KeptPresence(in.text(), Chosen.read(in), in.varint());
  }
}
