package io.hubbub.api.link;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import java.util.UUID;

/**
 * To an edge: the head of a conversation it is interested in; the first one after {@link Interest}
 * says that from this head on everything will be delivered.
 *
 * @param conversation which
 * @param head the newest number
 * @param answer whether this answers {@link Interest}
 * @param members how many members it has, or 0 where unknown
 */
public record Known(UUID conversation, long head, boolean answer, int members) implements Item {
  @Override
  public void write(Out out) {
    out.uuid(conversation);
    out.varint(head);
    out.bool(answer);
    out.varint(members);
  }

  /** The inverse of {@link #write}. */
  public static Known read(In in) {
    return new Known(in.uuid(), in.varint(), in.bool(), in.count());
  }
}
