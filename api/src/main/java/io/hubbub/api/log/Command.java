package io.hubbub.api.log;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A wish to append one entry to a conversation's log.
 *
 * @param conversation where to
 * @param peer for a direct conversation named by its other user: that user; the first command makes
 *     the conversation. Null otherwise
 * @param user who wishes it
 * @param kind the entry to make; for {@code cancel}, {@link Kind#CANCELLED}
 * @param key unique per conversation and user, at most 64 bytes; the same key is the same entry
 * @param target the number of the entry it changes, or 0
 * @param thread the number of the thread's root, or 0
 * @param body text, emoji, name, or JSON as {@link Entry#body} says; null where the kind has none
 * @param privileged whether membership and roles are not asked for: moderation by a service
 */
public record Command(
    UUID conversation,
    @Nullable String peer,
    String user,
    Kind kind,
    String key,
    long target,
    long thread,
    @Nullable String body,
    boolean privileged)
    implements Wire {

  /** About how many bytes it takes in a queue. */
  public int weight() {
    return 160 + (body == null ? 0 : 2 * body.length());
  }

  @Override
  public void write(Out out) {
    out.uuid(conversation).text(peer).text(user).u8(kind.code()).text(key);
    out.varint(target).varint(thread).text(body).bool(privileged);
  }

  /** The inverse of {@link #write}. */
  public static Command read(In in) {
    return new Command(
        in.uuid(),
        in.maybeText(),
        in.text(),
        Kind.of(in.u8()),
        in.text(),
        in.varint(),
        in.varint(),
        in.maybeText(),
        in.bool());
  }
}
