package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import java.util.List;
import java.util.UUID;

/**
 * In which conversations a user is mentioned by a message not read yet: by {@code @} and the user's
 * id, among the newest 100 of each, if they are of its newest 300 entries. Answered by {@link
 * Mentions}.
 *
 * @param user who
 * @param conversations of the user, at most 100
 */
public record FindMentions(String user, List<UUID> conversations) implements Query {
  @Override
  public void write(Out out) {
    out.text(user).uuids(conversations);
  }

  /** The inverse of {@link #write}. */
  public static FindMentions read(In in) {
    return new FindMentions(in.text(), in.uuids());
  }
}
