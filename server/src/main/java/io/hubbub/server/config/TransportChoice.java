package io.hubbub.server.config;

/** How sockets are served. */
public enum TransportChoice {
  /** {@link #IO_URING} where the kernel allows it, else {@link #NIO}. */
  AUTO,
  /** Linux's io_uring: one system call for what many sockets send and receive. */
  IO_URING,
  /** What every JDK has. */
  NIO
}
