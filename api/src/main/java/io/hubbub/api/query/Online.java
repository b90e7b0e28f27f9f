package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.List;

/**
 * Answer to {@link ListOnline} and {@link FindOnline}.
 *
 * @param users in order of id
 * @param next where to go on after the page, or empty where it is the last
 */
public record Online(List<OnlineUser> users, String next) implements Wire {
  @Override
  public void write(Out out) {
    out.all(users);
    out.text(next);
  }

  /** The inverse of {@link #write}. */
  public static Online read(In in) {
    return new Online(in.all(OnlineUser::read), in.text());
  }
}
