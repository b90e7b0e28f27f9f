package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import io.hubbub.api.log.Entry;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as one of its users sees it: a Row of the client protocol.
 *
 * @param id the conversation
 * @param direct whether it is a direct conversation, else a room
 * @param name the name of a room
 * @param with the other user of a direct conversation
 * @param first the first number there is
 * @param head the newest number
 * @param at time of the newest entry, epoch milliseconds
 * @param read the user's read position
 * @param unread messages after the read position
 * @param last the newest message, its text cut to 300 characters
 * @param left whether the user has left
 * @param members how many are in it
 */
public record ConversationRow(
    UUID id,
    boolean direct,
    @Nullable String name,
    @Nullable String with,
    long first,
    long head,
    long at,
    long read,
    long unread,
    @Nullable Entry last,
    boolean left,
    int members)
    implements Wire {
  @Override
  public void write(Out out) {
    out.uuid(id);
    out.bool(direct);
    out.text(name);
    out.text(with);
    out.varint(first);
    out.varint(head);
    out.varint(at);
    out.varint(read);
    out.varint(unread);
    out.maybe(last);
    out.bool(left);
    out.varint(members);
  }

  /** The inverse of {@link #write}. */
  public static ConversationRow read(In in) {
    return new ConversationRow(
        in.uuid(),
        in.bool(),
        in.maybeText(),
        in.maybeText(),
        in.varint(),
        in.varint(),
        in.varint(),
        in.varint(),
        in.varint(),
        in.maybe(Entry::read),
        in.bool(),
        in.count());
  }
}
