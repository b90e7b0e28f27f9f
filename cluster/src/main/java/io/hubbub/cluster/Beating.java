package io.hubbub.cluster;

import io.hubbub.api.query.BeatRow;
import io.vertx.core.Future;
import java.util.List;

/** The table of nodes in the database, as seen through a history node. */
@FunctionalInterface
public interface Beating {
  /**
   * Beats for this node and reads everybody's rows.
   *
   * @param through the history node that is asked
   * @param draining whether this node is about to leave
   */
  Future<List<BeatRow>> beat(String through, boolean draining);
}
