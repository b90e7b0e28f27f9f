package io.hubbub.server.database;

import io.hubbub.server.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node that was killed leaves behind: a database server that still runs, or only its pid
 * file. To be called while the data folder is locked, so that nobody else can own that server.
 */
final class OrphanedServer {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanedServer.class);

  private OrphanedServer() {}

  /**
   * Stops the server of a cluster folder if it runs, and removes a pid file whose number has gone
   * to another process. Any other left-over pid file the server itself takes care of.
   *
   * @param cluster the folder of the database cluster
   * @param atMost how long its checkpoint may take
   * @throws StartException when it does not stop
   */
  static void stop(Path cluster, Duration atMost) throws StartException {
    Path pidFile = cluster.resolve("postmaster.pid");
    Optional<ProcessHandle> process = process(pidFile);
    if (process.isEmpty()) {
      return;
    }
    if (!runsOn(process.get(), cluster)) {
      LOG.info("Removing {}: its number is now another program's", pidFile);
      try {
        Files.deleteIfExists(pidFile);
      } catch (IOException e) {
        throw new StartException("can't remove " + pidFile + " (" + e + ")", e);
      }
      return;
    }
    LOG.info("Stopping the database server (pid {}) that a killed node left", process.get().pid());
    interrupt(process.get());
    try {
      process.get().onExit().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new StartException(
          "the database server (pid "
              + process.get().pid()
              + ") that a killed node left on "
              + cluster
              + " does not stop; look at its log, then stop it by hand",
          e);
    }
  }

  private static Optional<ProcessHandle> process(Path pidFile) {
    try {
      List<String> lines = Files.readAllLines(pidFile);
      return lines.isEmpty()
          ? Optional.empty()
          : ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(ProcessHandle::isAlive);
    } catch (IOException | NumberFormatException noneOrUnreadable) {
      return Optional.empty();
    }
  }

  /** A server works in the folder of its cluster, which tells it from any other process. */
  private static boolean runsOn(ProcessHandle process, Path cluster) {
    try {
      return Files.isSameFile(Path.of("/proc/" + process.pid() + "/cwd"), cluster);
    } catch (IOException noProcOrNotOurs) {
      return process.info().command().orElse("").contains("postgres");
    }
  }

  /** SIGINT is the server's fast shutdown; Java itself can only send SIGTERM, which may wait. */
  private static void interrupt(ProcessHandle process) {
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    } catch (IOException noKill) {
      process.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
