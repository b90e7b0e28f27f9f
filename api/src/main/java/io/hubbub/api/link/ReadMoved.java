package io.hubbub.api.link;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import java.util.UUID;

/**
 * To an edge: a read position rose.
 *
 * @param conversation which
 * @param user whose
 * @param read read position
 * @param delivered delivered position
 * @param unread messages after the read position
 * @param members how many members the conversation has
 * @param quiet whether only the user is to hear of it
 */
public record ReadMoved(
    UUID conversation,
    String user,
    long read,
    long delivered,
    long unread,
    int members,
    boolean quiet)
    implements Item {
  @Override
  public void write(Out out) {
    out.uuid(conversation);
    out.text(user);
    out.varint(read);
    out.varint(delivered);
    out.varint(unread);
    out.varint(members);
    out.bool(quiet);
  }

  /** The inverse of {@link #write}. */
  public static ReadMoved read(In in) {
    return new ReadMoved(
        in.uuid(), in.text(), in.varint(), in.varint(), in.varint(), in.count(), in.bool());
  }
}
