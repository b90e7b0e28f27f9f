package io.hubbub.api.link;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;

/**
 * Answer to a {@link LinkBatch}.
 *
 * @param state what became of it
 */
public record LinkReply(State state) implements Wire {
  /** What became of a batch. The codes are on the wire. */
  public enum State {
    /** Done with: the next may come. */
    DONE(0),
    /** Still at it: ask again. */
    WORKING(1),
    /** The receiver does not know this number: begin a new incarnation. */
    UNKNOWN(2);

    private final int code;

    State(int code) {
      this.code = code;
    }
  }

  @Override
  public void write(Out out) {
    out.u8(state.code);
  }

  /** The inverse of {@link #write}. */
  public static LinkReply read(In in) {
    return new LinkReply(State.values()[in.u8()]);
  }
}
