package io.hubbub.server.config;

/**
 * Where clients come in.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any free one
 */
public record HttpConfig(String host, int port) {

  /** The same with the port that was found free. */
  public HttpConfig withPort(int found) {
    return new HttpConfig(host, found);
  }

  /** Where a person on this machine finds the page. */
  public String page() {
    boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
    return "http://" + (everywhere ? "localhost" : host) + ":" + port;
  }
}
