package io.hubbub.api.bus;

/** Every event-bus address there is. A cluster of N nodes registers about 4·N of them. */
public final class Addresses {
  /** JSON request and reply with the socket's ops, for services that want no dependency. */
  public static final String COMMANDS = "hubbub.commands";

  private Addresses() {}

  /** A history node: command batches, digests, queries. */
  public static String history(String node) {
    return "history." + node;
  }

  /** An edge or a service: delivery batches, heads, nudges. */
  public static String edge(String node) {
    return "edge." + node;
  }

  /** A process, whatever its roles: how it is, and that it is to drain. */
  public static String node(String node) {
    return "node." + node;
  }

  /** A presence node. */
  public static String presence(String node) {
    return "presence." + node;
  }
}
