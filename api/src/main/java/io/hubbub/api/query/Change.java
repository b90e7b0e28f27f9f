package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that changed for a user, not for a conversation.
 *
 * @param user whom it concerns
 * @param kind 1 joined, 2 left, 3 revoked, 4 profile, 5 friend
 * @param conversation the conversation, where it is about one
 * @param seq the number of the entry that did it, or 0
 * @param data for revoked: JSON with {@code family} or {@code ver}; for friend: JSON with {@code
 *     user} and {@code state}, or null where only who sees whom has changed
 */
public record Change(
    String user, int kind, @Nullable UUID conversation, long seq, @Nullable String data)
    implements Wire {
  /** The user became a member. */
  public static final int JOINED = 1;

  /** The user is a member no more. */
  public static final int LEFT = 2;

  /** Tokens of the user are no longer good. */
  public static final int REVOKED = 3;

  /** The user's profile changed. */
  public static final int PROFILE = 4;

  /** What another is to the user changed, or who of the two may see whom. */
  public static final int FRIEND = 5;

  @Override
  public void write(Out out) {
    out.text(user);
    out.varint(kind);
    out.text(conversation == null ? null : conversation.toString());
    out.varint(seq);
    out.text(data);
  }

  /** The inverse of {@link #write}. */
  public static Change read(In in) {
    return new Change(
        in.text(), in.count(), Uuids.maybe(in.maybeText()), in.varint(), in.maybeText());
  }
}
