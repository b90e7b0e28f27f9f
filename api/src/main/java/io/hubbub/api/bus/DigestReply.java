package io.hubbub.api.bus;

import java.util.Map;
import java.util.UUID;

/**
 * Answer to {@link Digest}.
 *
 * @param epoch the log's epoch
 * @param same whether the home knows the same interest
 * @param incarnation of the delivery link from this home to the edge; 0 for none
 * @param heads of the conversations of the edge that were active of late
 * @param now the database's time as the home knows it, epoch milliseconds; 0 where it does not
 * @param able whether the home reaches the database
 * @param unheard whether the cluster does not know the edge's address, as seen from the home
 */
public record DigestReply(
    String epoch,
    boolean same,
    long incarnation,
    Map<UUID, Long> heads,
    long now,
    boolean able,
    boolean unheard)
    implements Wire {
  @Override
  public void write(Out out) {
    out.text(epoch);
    out.bool(same);
    out.varint(incarnation);
    out.numbers(heads);
    out.varint(now);
    out.bool(able);
    out.bool(unheard);
  }

  /** The inverse of {@link #write}. */
  public static DigestReply read(In in) {
    return new DigestReply(
        in.text(), in.bool(), in.varint(), in.numbers(), in.varint(), in.bool(), in.bool());
  }
}
