package io.hubbub.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a process becomes a member of the cluster. All members must find each other in the same way.
 *
 * @param join how members find each other
 * @param name members of another name are strangers
 * @param host the address that other members reach this one at, where it is not to be found out
 * @param port for membership; 0 for any free one, which suits services, as nobody looks for them
 * @param busPort for the event bus; 0 for any free one
 * @param members addresses of nodes, for {@link Join#TCP}; {@link #NODE_PORT}, or {@code port}
 *     where it is set, when they name none
 * @param awsRegion for {@link Join#AWS}, where it is not the instance's
 * @param awsTagKey for {@link Join#AWS}
 * @param awsTagValue for {@link Join#AWS}
 * @param kubernetes for {@link Join#KUBERNETES}
 * @param beat between two beats of a member in the database, 0.1 to 5 s
 */
public record ClusterOptions(
    Join join,
    String name,
    Optional<String> host,
    int port,
    int busPort,
    List<String> members,
    Optional<String> awsRegion,
    String awsTagKey,
    String awsTagValue,
    KubernetesOptions kubernetes,
    Duration beat) {
  /** Where nodes listen for each other unless they are told otherwise. */
  public static final int NODE_PORT = 5701;

  /** Copies the members. */
  public ClusterOptions {
    members = List.copyOf(members);
  }

  /** Where other members are looked for, in words for the person on call. */
  public String lookedFor() {
    return switch (join) {
      case NONE -> "nowhere (cluster.join=none)";
      case MULTICAST -> "by multicast";
      case TCP -> "at " + String.join(", ", members);
      case AWS -> "among EC2 instances tagged " + awsTagKey + "=" + awsTagValue;
      case KUBERNETES ->
          switch (kubernetes.lookup()) {
            case API ->
                "by the Kubernetes API in endpoint slices of the service "
                    + kubernetes.namespace().map(name -> name + "/").orElse("")
                    + kubernetes.service();
            case DNS -> "at the addresses that DNS has for " + kubernetes.service();
          };
    };
  }

  /** The port at which nodes are looked for. */
  int nodePort() {
    return port == 0 ? NODE_PORT : port;
  }
}
