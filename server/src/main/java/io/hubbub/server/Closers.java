package io.hubbub.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been opened, to be closed in the opposite order. Safe from any thread. */
final class Closers {
  private static final Logger LOG = LoggerFactory.getLogger(Closers.class);

  private final Deque<Closer> open = new ArrayDeque<>();

  /** Something to close; may fail. */
  @FunctionalInterface
  interface Work {
    /** Closes it, and returns when that is done. */
    void run() throws Exception;
  }

  private record Closer(String what, Work work) {}

  /**
   * Remembers what has just been opened.
   *
   * @param what it is, for the log
   */
  synchronized void add(String what, Work work) {
    open.push(new Closer(what, work));
  }

  /** Closes all, the newest first; what fails does not keep the others open. */
  synchronized void closeAll() {
    while (!open.isEmpty()) {
      Closer closer = open.pop();
      try {
        closer.work().run();
        LOG.info("Closed: {}", closer.what());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOG.warn("Not closed cleanly: {}", closer.what(), e);
      }
    }
  }
}
