package io.hubbub.api.link;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.log.Outcome;

/**
 * To an edge: what became of a command.
 *
 * @param id the number it was sent under
 * @param outcome what became of it
 */
public record Acked(long id, Outcome outcome) implements Item {
  @Override
  public void write(Out out) {
    out.varint(id);
    outcome.write(out);
  }

  /** The inverse of {@link #write}. */
  public static Acked read(In in) {
    return new Acked(in.varint(), Outcome.read(in));
  }
}
