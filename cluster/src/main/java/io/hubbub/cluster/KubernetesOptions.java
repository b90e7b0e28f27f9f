package io.hubbub.cluster;

import java.util.Optional;

/**
 * How pods find each other by their headless service, for {@link Join#KUBERNETES}.
 *
 * @param lookup whom to ask
 * @param service the service's name or, for {@link Lookup#DNS}, its DNS name
 * @param namespace of the service, where it is not the pod's own; only for {@link Lookup#API}
 */
public record KubernetesOptions(Lookup lookup, String service, Optional<String> namespace) {
  /** Who knows the pods of a service. */
  public enum Lookup {
    /**
     * The API server, as the pod's service account, which must be allowed to list endpoint slices.
     */
    API,
    /** The cluster's DNS, which remembers old and missing answers for some time. */
    DNS
  }
}
