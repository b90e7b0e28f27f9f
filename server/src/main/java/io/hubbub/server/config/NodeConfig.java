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
 * @param transport how its sockets are served
 * @param blocked for how long an event loop may be busy before that is logged
 */
public record NodeConfig(
    String name,
    Set<Role> roles,
    Path dataDir,
    Duration drainWindow,
    TransportChoice transport,
    Duration blocked) {

  /** Copies the roles. */
  public NodeConfig {
    roles = Set.copyOf(roles);
  }

  /** Whether it does this. */
  public boolean has(Role role) {
    return roles.contains(role);
  }
}
