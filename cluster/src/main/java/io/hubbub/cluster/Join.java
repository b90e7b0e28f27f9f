package io.hubbub.cluster;

/** How the nodes of a cluster find each other. */
public enum Join {
  /** They do not. */
  NONE,
  /** By multicast, where the network lets it through. */
  MULTICAST,
  /** By a list of addresses. */
  TCP,
  /** By EC2 instances with a tag. */
  AWS,
  /** By a headless service ({@link KubernetesOptions}). */
  KUBERNETES
}
