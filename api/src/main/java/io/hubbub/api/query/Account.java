package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import org.jspecify.annotations.Nullable;

/**
 * A user's account.
 *
 * @param user its id
 * @param name the name to show
 * @param password the encoded hash, or null for an outside user
 * @param admin whether an administrator
 * @param version the {@code ver} that its tokens must carry
 */
public record Account(
    String user, String name, @Nullable String password, boolean admin, long version)
    implements Wire {
  @Override
  public void write(Out out) {
    out.text(user);
    out.text(name);
    out.text(password);
    out.bool(admin);
    out.varint(version);
  }

  /** The inverse of {@link #write}. */
  public static Account read(In in) {
    return new Account(in.text(), in.text(), in.maybeText(), in.bool(), in.varint());
  }
}
