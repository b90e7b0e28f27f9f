package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import java.util.List;
import java.util.UUID;

/**
 * Makes a room; the same id again changes nothing. Answered by {@link Created}; fails with {@code
 * not_found} for unknown users.
 *
 * @param id its id
 * @param creator its first owner
 * @param name its name
 * @param users its first members
 * @param key the key of its first entry
 */
public record CreateRoom(UUID id, String creator, String name, List<String> users, String key)
    implements Query {
  @Override
  public void write(Out out) {
    out.uuid(id);
    out.text(creator);
    out.text(name);
    out.texts(users);
    out.text(key);
  }

  /** The inverse of {@link #write}. */
  public static CreateRoom read(In in) {
    return new CreateRoom(in.uuid(), in.text(), in.text(), in.texts(), in.text());
  }
}
