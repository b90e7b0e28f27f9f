package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.Map;
import java.util.UUID;

/**
 * Answer to {@link ReadHeads}.
 *
 * @param heads the newest numbers
 */
public record Heads(Map<UUID, Long> heads) implements Wire {
  @Override
  public void write(Out out) {
    out.numbers(heads);
  }

  /** The inverse of {@link #write}. */
  public static Heads read(In in) {
    return new Heads(in.numbers());
  }
}
