package io.hubbub.api.link;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import java.util.UUID;

/**
 * To a home: raise read positions.
 *
 * @param id the sender's number of it, returned in {@link Marked}
 * @param conversation which
 * @param user whose
 * @param read the last number read, or 0
 * @param delivered the last number delivered, or 0
 */
public record Mark(long id, UUID conversation, String user, long read, long delivered)
    implements Item {
  @Override
  public void write(Out out) {
    out.varint(id);
    out.uuid(conversation);
    out.text(user);
    out.varint(read);
    out.varint(delivered);
  }

  /** The inverse of {@link #write}. */
  public static Mark read(In in) {
    return new Mark(in.varint(), in.uuid(), in.text(), in.varint(), in.varint());
  }
}
