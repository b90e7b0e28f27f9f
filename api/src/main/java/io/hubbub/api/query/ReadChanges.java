package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/**
 * What changed for users since a watermark. Answered by {@link Changes}.
 *
 * @param watermark 0 to begin: then nothing but the watermark is answered
 */
public record ReadChanges(long watermark) implements Query {
  @Override
  public void write(Out out) {
    out.varint(watermark);
  }

  /** The inverse of {@link #write}. */
  public static ReadChanges read(In in) {
    return new ReadChanges(in.varint());
  }
}
