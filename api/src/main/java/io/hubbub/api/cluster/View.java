package io.hubbub.api.cluster;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The cluster as this node sees it now. Two nodes may differ for a while: that costs speed, never
 * truth, as PostgreSQL decides order and rights.
 *
 * @param self the id of this node
 * @param nodes all members in order of id, this one included
 * @param contested whether the database knows of a live node that is not in this view, so that
 *     somebody else may be writing to the same conversations
 * @param apart nodes that are not in view but beat in the database: what is known of them is old,
 *     and not known to be over
 */
public record View(String self, List<Node> nodes, boolean contested, Set<String> apart) {

  /** Sorts and copies the nodes. */
  public View {
    nodes = nodes.stream().sorted(Comparator.comparing(Node::id)).toList();
    apart = Set.copyOf(apart);
  }

  /** A view with nobody apart. */
  public View(String self, List<Node> nodes, boolean contested) {
    this(self, nodes, contested, Set.of());
  }

  /** The nodes with a role, draining ones included. */
  public List<Node> with(Role role) {
    return nodes.stream().filter(node -> node.roles().contains(role)).toList();
  }

  /** This view without the nodes that a test names. */
  public View without(Predicate<String> left) {
    return new View(
        self, nodes.stream().filter(node -> !left.test(node.id())).toList(), contested, apart);
  }

  /** The member of this id, if it is in view. */
  public Optional<Node> node(String id) {
    return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
  }

  /** Whether a member of this id is in view. */
  public boolean has(String id) {
    return node(id).isPresent();
  }
}
