package io.hubbub.api.link;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.log.Command;

/**
 * To a home: append this.
 *
 * @param id the sender's number of it, returned in {@link Acked}
 * @param command what to append
 */
public record Append(long id, Command command) implements Item {
  @Override
  public int weight() {
    return command.weight();
  }

  @Override
  public void write(Out out) {
    out.varint(id);
    command.write(out);
  }

  /** The inverse of {@link #write}. */
  public static Append read(In in) {
    return new Append(in.varint(), Command.read(in));
  }
}
