package io.hubbub.chat.rest;

/** Where a request came from, as far as limits go. */
final class ClientAddress {
  private static final int NETWORK_GROUPS = 4;

  private ClientAddress() {}

  /**
   * The address, or for IPv6 its network of 64 bits: one host commands all of that.
   *
   * @param host as the socket gives it, IPv6 without abbreviation
   */
  static String key(String host) {
    if (host.indexOf(':') < 0) {
      return host;
    }
    String[] groups = host.split("[:%]", -1);
    StringBuilder network = new StringBuilder();
    for (int i = 0; i < Math.min(NETWORK_GROUPS, groups.length); i++) {
      network.append(groups[i]).append(':');
    }
    return network.toString();
  }
}
