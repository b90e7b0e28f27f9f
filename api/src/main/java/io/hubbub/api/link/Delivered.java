package io.hubbub.api.link;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.log.Entry;
import java.util.List;
import java.util.UUID;

/**
 * To an edge: new entries of a conversation, in order.
 *
 * @param conversation which
 * @param entries consecutive
 * @param members how many members it has now
 * @param epoch of the log that they are of: their numbers mean something else in another
 */
public record Delivered(UUID conversation, List<Entry> entries, int members, String epoch)
    implements Item {
  @Override
  public int weight() {
    int weight = 64;
    for (Entry entry : entries) {
      weight += entry.weight();
    }
    return weight;
  }

  @Override
  public void write(Out out) {
    out.uuid(conversation);
    out.all(entries);
    out.varint(members);
    out.text(epoch);
  }

  /** The inverse of {@link #write}. */
  public static Delivered read(In in) {
    return new Delivered(in.uuid(), in.all(Entry::read), in.count(), in.text());
  }
}
