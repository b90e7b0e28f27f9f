package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/**
 * What administrators did, the newest first. Answered by {@link Audit}.
 *
 * @param before only those with a lower number; 0: from the newest on
 * @param limit how many at most
 */
public record ReadAudit(long before, int limit) implements Query {
  @Override
  public void write(Out out) {
    out.varint(before).varint(limit);
  }

  /** The inverse of {@link #write}. */
  public static ReadAudit read(In in) {
    return new ReadAudit(in.varint(), in.count());
  }
}
