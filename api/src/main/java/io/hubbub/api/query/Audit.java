package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.List;

/**
 * Answer to {@link ReadAudit}.
 *
 * @param actions the newest first
 * @param more whether there are older ones
 */
public record Audit(List<Action> actions, boolean more) implements Wire {

  /**
   * What was done.
   *
   * @param number its number, higher for later ones
   * @param at when, epoch milliseconds of the database
   * @param what as it was written
   */
  public record Action(long number, long at, WriteAudit what) implements Wire {
    @Override
    public void write(Out out) {
      out.varint(number).varint(at);
      what.write(out);
    }

    /** The inverse of {@link #write}. */
    public static Action read(In in) {
      return new Action(in.varint(), in.varint(), WriteAudit.read(in));
    }
  }

  @Override
  public void write(Out out) {
    out.all(actions).bool(more);
  }

  /** The inverse of {@link #write}. */
  public static Audit read(In in) {
    return new Audit(in.all(Action::read), in.bool());
  }
}
