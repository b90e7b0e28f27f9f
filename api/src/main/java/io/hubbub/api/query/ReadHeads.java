package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import java.util.List;
import java.util.UUID;

/**
 * The heads of conversations. Answered by {@link Heads}; unknown ones are missing.
 *
 * @param conversations which
 */
public record ReadHeads(List<UUID> conversations) implements Query {
  @Override
  public void write(Out out) {
    out.uuids(conversations);
  }

  /** The inverse of {@link #write}. */
  public static ReadHeads read(In in) {
    return new ReadHeads(in.uuids());
  }
}
