package io.hubbub.api.cluster;

import java.util.Set;

/**
 * A process of the cluster.
 *
 * @param id {@code <node.name>~<6 hex>}, new at each start, so that nothing of an earlier run is
 *     ever taken for this one
 * @param roles what it does
 * @param draining whether it is about to leave, or has not come up yet: it is then no home, but
 *     does what it is asked
 */
public record Node(String id, Set<Role> roles, boolean draining) {

  /** Copies the roles. */
  public Node {
    roles = Set.copyOf(roles);
  }

  /** The configured name, without the part that is new at each start. */
  public String name() {
    return nameOf(id);
  }

  /** The configured name of a node of this id. */
  public static String nameOf(String id) {
    int tilde = id.lastIndexOf('~');
    return tilde < 0 ? id : id.substring(0, tilde);
  }
}
