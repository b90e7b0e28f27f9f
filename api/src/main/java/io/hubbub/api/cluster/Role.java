package io.hubbub.api.cluster;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a node does. The codes are on the wire and never change. */
public enum Role {
  /** Serves clients: sockets, sessions, REST. */
  EDGE(1),
  /** A home of conversations: batching, durability, fan-out, catch-up. */
  HISTORY(2),
  /** A home of users: presence, watchers, notifications. */
  PRESENCE(4),
  /** An internal service that uses the bus and is home of nothing. */
  SERVICE(8);

  private final int bit;

  Role(int bit) {
    this.bit = bit;
  }

  /** The name used in settings and logs, such as {@code history}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a label.
   *
   * @throws IllegalArgumentException when there is no such role
   */
  public static Role of(String label) {
    for (Role role : values()) {
      if (role.label().equals(label)) {
        return role;
      }
    }
    throw new IllegalArgumentException("no such role: " + label);
  }

  /** A set of roles as bits. */
  public static int toBits(Set<Role> roles) {
    int bits = 0;
    for (Role role : roles) {
      bits |= role.bit;
    }
    return bits;
  }

  /** The inverse of {@link #toBits}; bits that this version does not know are ignored. */
  public static Set<Role> fromBits(int bits) {
    EnumSet<Role> roles = EnumSet.noneOf(Role.class);
    for (Role role : values()) {
      if ((bits & role.bit) != 0) {
        roles.add(role);
      }
    }
    return roles;
  }
}
