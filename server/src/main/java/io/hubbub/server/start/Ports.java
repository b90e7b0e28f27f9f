package io.hubbub.server.start;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Finds out early whether a port can be listened on. */
public final class Ports {
  private Ports() {}

  /**
   * Makes sure that a port is free now, or finds a free one for 0.
   *
   * @param host the address to listen on
   * @param port the port, or 0 for any
   * @param setting the name of the setting that it came from, for the message
   * @return the port, never 0
   * @throws StartException when it is in use, is not allowed, or the address is not this machine's
   */
  public static int free(String host, int port, String setting) throws StartException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return socket.getLocalPort();
    } catch (UnknownHostException e) {
      throw new StartException("there is no address " + host + " to listen on", e);
    } catch (IOException e) {
      throw new StartException(
          "can't listen on "
              + host
              + ":"
              + port
              + " ("
              + e.getMessage()
              + "); stop what listens there or choose another port with --"
              + setting
              + "=…",
          e);
    }
  }
}
