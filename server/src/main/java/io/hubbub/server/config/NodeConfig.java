package io.hubbub.server.config;

import io.hubbub.api.cluster.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * What this node is.
 *
 * @param name the configured name, without what is new at each start
 * @param roles what it does
 * @param dataDir where the embedded database and secrets are kept
 * @param drainWindow over how long clients are told to move when it is stopped
 */
public record NodeConfig(String name, Set<Role> roles, Path dataDir, Duration drainWindow) {

  /** Copies the roles. */
  public NodeConfig {
    roles = Set.copyOf(roles);
  }

  /** Whether it does this. */
  public boolean has(Role role) {
    return roles.contains(role);
  }
}
