package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.List;

/**
 * Answer to {@link ReadPresence}.
 *
 * @param now the database's time, epoch milliseconds
 * @param rows in no order
 */
public record KeptPresences(long now, List<KeptPresence> rows) implements Wire {
  @Override
  public void write(Out out) {
    out.varint(now);
    out.all(rows);
  }

  /** The inverse of {@link #write}. */
  public static KeptPresences read(In in) {
    return new KeptPresences(in.varint(), in.all(KeptPresence::read));
  }
}
