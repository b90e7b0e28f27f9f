package io.hubbub.system.harness;

import java.util.List;

/** What of all that goes over a link is meant. */
public enum Traffic {
  /** Everything. */
  ALL(0),
  /** The TCP connections of the event bus. */
  BUS(Network.BUS_PORT),
  /** The TCP connections of Hazelcast. */
  MEMBERSHIP(Network.CLUSTER_PORT),
  /** The TCP connections of PostgreSQL. */
  DATABASE(Network.DATABASE_PORT);

  private final int port;

  Traffic(int port) {
    this.port = port;
  }

  /** How iptables is told; whoever has opened the connection, one end has the port. */
  List<String> match() {
    return port == 0
        ? List.of("-p", "all")
        : List.of("-p", "tcp", "-m", "multiport", "--ports", Integer.toString(port));
  }
}
