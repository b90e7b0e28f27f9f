package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import io.hubbub.api.log.Entry;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.vertx.core.Future;
import java.util.List;

/**
 * Answer to {@link ReadPage}.
 *
 * @param entries ascending
 * @param from the first number the page speaks for
 * @param to the last number the page speaks for; below {@code from} when it is empty
 * @param head the newest number
 * @param first the first number there is
 * @param more whether there are more in the direction asked for
 * @param members those of the users asked about who are members
 * @param size how many members the conversation has
 * @param epoch of the log that it was read from
 */
public record Page(
    List<Entry> entries,
    long from,
    long to,
    long head,
    long first,
    boolean more,
    List<String> members,
    int size,
    String epoch)
    implements Wire {
  @Override
  public void write(Out out) {
    out.all(entries);
    out.varint(from);
    out.varint(to);
    out.varint(head);
    out.varint(first);
    out.bool(more);
    out.texts(members);
    out.varint(size);
    out.text(epoch);
  }

  /**
   * This page where it is of the log of an epoch, or that is not known yet, as an empty one says;
   * else it fails with {@code unavailable}, as what follows an entry of one log in another is no
   * continuation.
   */
  public Future<Page> of(String known) {
    return known.isEmpty() || known.equals(epoch)
        ? Future.succeededFuture(this)
        : Future.failedFuture(
            new HubbubException(ErrorCode.UNAVAILABLE, "another log answers: " + epoch));
  }

  /** The inverse of {@link #write}. */
  public static Page read(In in) {
    return new Page(
        in.all(Entry::read),
        in.varint(),
        in.varint(),
        in.varint(),
        in.varint(),
        in.bool(),
        in.texts(),
        in.count(),
        in.text());
  }
}
