package io.hubbub.server.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to be one of several nodes.
 *
 * @param enabled whether to be
 * @param join how nodes find each other
 * @param name nodes of another name are strangers
 * @param host the address that other nodes reach this one at, where it is not to be found out
 * @param port for membership
 * @param busPort for the event bus; 0 for any free one
 * @param members addresses of nodes, for {@link Join#TCP}
 * @param expected not ready before this many nodes have been in view at once
 * @param awsRegion for {@link Join#AWS}, where it is not the instance's
 * @param awsTagKey for {@link Join#AWS}
 * @param awsTagValue for {@link Join#AWS}
 * @param kubernetesService DNS name of the headless service, for {@link Join#KUBERNETES}
 * @param beat between two beats of a node in the database
 */
public record ClusterConfig(
    boolean enabled,
    Join join,
    String name,
    Optional<String> host,
    int port,
    int busPort,
    List<String> members,
    int expected,
    Optional<String> awsRegion,
    String awsTagKey,
    String awsTagValue,
    String kubernetesService,
    Duration beat) {

  /** Copies the members. */
  public ClusterConfig {
    members = List.copyOf(members);
  }
}
