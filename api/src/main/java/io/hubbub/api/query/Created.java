package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.UUID;

/**
 * A conversation is there.
 *
 * @param id which
 * @param fresh whether it was made now
 */
public record Created(UUID id, boolean fresh) implements Wire {
  @Override
  public void write(Out out) {
    out.uuid(id);
    out.bool(fresh);
  }

  /** The inverse of {@link #write}. */
  public static Created read(In in) {
    return new Created(in.uuid(), in.bool());
  }
}
