package io.hubbub.server;

import io.hubbub.server.config.TransportChoice;
import io.hubbub.server.start.StartException;
import io.vertx.core.transport.Transport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses how sockets are served. Many containers forbid io_uring, which is found out here. */
final class NativeTransport {
  private static final Logger LOG = LoggerFactory.getLogger(NativeTransport.class);

  private NativeTransport() {}

  /**
   * The transport to use.
   *
   * @throws StartException where io_uring was asked for and cannot be had
   */
  static Transport of(TransportChoice choice) throws StartException {
    return of(choice, Transport.IO_URING);
  }

  /** The same, with io_uring as it is on this machine, or null where it is not. */
  static Transport of(TransportChoice choice, @Nullable Transport ring) throws StartException {
    if (choice == TransportChoice.NIO) {
      LOG.info("Sockets are served by java.nio");
      return Transport.NIO;
    }
    if (ring != null && ring.available()) {
      LOG.info("Sockets are served by io_uring");
      return ring;
    }
    Throwable cause = ring == null ? null : ring.unavailabilityCause();
    String why = cause == null ? "it is not there" : String.valueOf(root(cause).getMessage());
    if (choice == TransportChoice.IO_URING) {
      throw new StartException("node.transport: io_uring cannot be used: " + why);
    }
    LOG.info("Sockets are served by java.nio, as io_uring cannot be used: {}", why);
    return Transport.NIO;
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    for (Throwable next = root.getCause(); next != null; next = root.getCause()) {
      root = next;
    }
    return root;
  }
}
