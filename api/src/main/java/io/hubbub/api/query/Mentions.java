package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.List;
import java.util.UUID;

/**
 * Answer to {@link FindMentions}.
 *
 * @param conversations in no order
 */
public record Mentions(List<UUID> conversations) implements Wire {
  @Override
  public void write(Out out) {
    out.uuids(conversations);
  }

  /** The inverse of {@link #write}. */
  public static Mentions read(In in) {
    return new Mentions(in.uuids());
  }
}
