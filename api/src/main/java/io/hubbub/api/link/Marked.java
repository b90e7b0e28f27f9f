package io.hubbub.api.link;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/**
 * To an edge: what became of a {@link Mark}.
 *
 * @param id the number it was sent under
 * @param error the number of an error code, or 0
 * @param read the read position now
 * @param unread messages after it
 */
public record Marked(long id, int error, long read, long unread) implements Item {
  @Override
  public void write(Out out) {
    out.varint(id);
    out.varint(error);
    out.varint(read);
    out.varint(unread);
  }

  /** The inverse of {@link #write}. */
  public static Marked read(In in) {
    return new Marked(in.varint(), in.count(), in.varint(), in.varint());
  }
}
