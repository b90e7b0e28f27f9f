package io.hubbub.cluster;

import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.View;
import io.hubbub.api.query.BeatRow;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a view is made of. A view is contested while the database knows of a live node that is not
 * connected (one that drained has merely left), or does not hear of one that is. A node is no home
 * before its first beat: it joins the cluster seconds before it can answer. Pure.
 */
final class ViewRule {
  /** A node that beat within this time is alive, as far as the database knows. */
  static final Duration FRESH = Duration.ofSeconds(8);

  /** A node that is not connected and has not beaten for this time is taken for dead. */
  static final Duration ALIVE = Duration.ofSeconds(6);

  private ViewRule() {}

  /**
   * The view.
   *
   * @param self this node's id
   * @param members who is connected
   * @param settled those of them connected for longer than {@link #FRESH}, who must have beaten
   * @param rows the database's table as read last; empty before the first time
   * @param draining who is known from the bus to be about to leave
   */
  static View view(
      String self,
      List<Node> members,
      Set<String> settled,
      List<BeatRow> rows,
      Set<String> draining) {
    Map<String, BeatRow> fresh = new HashMap<>();
    Set<String> beaten = new HashSet<>();
    for (BeatRow row : rows) {
      beaten.add(row.node());
      if (row.ageMillis() < FRESH.toMillis()) {
        fresh.put(row.node(), row);
      }
    }
    Set<String> inView = new HashSet<>();
    List<Node> nodes =
        members.stream()
            .map(
                node -> {
                  BeatRow row = fresh.get(node.id());
                  boolean leaving = draining.contains(node.id()) || (row != null && row.draining());
                  boolean coming =
                      !rows.isEmpty()
                          && !settled.contains(node.id())
                          && !beaten.contains(node.id());
                  inView.add(node.id());
                  return new Node(node.id(), node.roles(), leaving || coming);
                })
            .toList();
    boolean stranger =
        fresh.values().stream().anyMatch(row -> !row.draining() && !inView.contains(row.node()));
    boolean silent =
        !rows.isEmpty()
            && settled.stream().anyMatch(id -> inView.contains(id) && !fresh.containsKey(id));
    Set<String> apart =
        fresh.values().stream()
            .filter(row -> row.ageMillis() < ALIVE.toMillis() && !row.draining())
            .map(BeatRow::node)
            .filter(id -> !inView.contains(id))
            .collect(Collectors.toSet());
    return new View(self, nodes, stranger || silent, apart);
  }
}
