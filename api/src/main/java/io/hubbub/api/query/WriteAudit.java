package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;

/**
 * Keeps what an administrator is about to do. Answered by {@link Done}.
 *
 * @param by the administrator
 * @param address where the request came from
 * @param action what, such as {@code session.end}
 * @param target to whom or what
 */
public record WriteAudit(String by, String address, String action, String target) implements Query {
  @Override
  public void write(Out out) {
    out.text(by).text(address).text(action).text(target);
  }

  /** The inverse of {@link #write}. */
  public static WriteAudit read(In in) {
    return new WriteAudit(in.text(), in.text(), in.text(), in.text());
  }
}
