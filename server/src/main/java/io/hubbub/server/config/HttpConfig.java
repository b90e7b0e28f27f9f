package io.hubbub.server.config;

import java.util.List;

/**
 * Where clients come in.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any free one
 * @param origins web origins that may connect besides the node's own
 */
public record HttpConfig(String host, int port, List<String> origins) {

  /** Copies the origins. */
  public HttpConfig {
    origins = List.copyOf(origins);
  }

  /** The same with the port that was found free. */
  public HttpConfig withPort(int found) {
    return new HttpConfig(host, found, origins);
  }

  /** Where a person on this machine finds the page. */
  public String page() {
    boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
    return "http://" + (everywhere ? "localhost" : host) + ":" + port;
  }
}
