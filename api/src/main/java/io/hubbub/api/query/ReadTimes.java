package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import java.util.Map;
import java.util.UUID;

/**
 * The times of entries, to compare with those of another epoch. Answered by {@link Heads} of the
 * times; missing where there is no such entry.
 *
 * @param entries one number for each conversation
 */
public record ReadTimes(Map<UUID, Long> entries) implements Query {
  @Override
  public void write(Out out) {
    out.numbers(entries);
  }

  /** The inverse of {@link #write}. */
  public static ReadTimes read(In in) {
    return new ReadTimes(in.numbers());
  }
}
