package io.hubbub.server;

import io.hubbub.server.start.Ports;
import io.hubbub.server.start.StartException;

/** Ports for tests. */
public final class FreePort {
  private FreePort() {}

  /** One on the loopback address that was free a moment ago. */
  public static int find() throws StartException {
    return Ports.free("127.0.0.1", 0, "http.port");
  }
}
