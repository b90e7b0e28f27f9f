package io.hubbub.server;

import io.hubbub.server.config.Config;
import io.hubbub.server.start.StartException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ties a node to its process: starts it, and stops it on a signal before the process ends. */
final class NodeProcess {
  private static final Logger LOG = LoggerFactory.getLogger("hubbub");
  private static final int START_FAILED = 1;

  private NodeProcess() {}

  static void run(Config config) {
    ServerNode node = new ServerNode(config);
    AtomicInteger exitCode = new AtomicInteger();
    Thread hook =
        new Thread(
            () -> {
              node.stop();
              System.out.flush();
              // Java would exit with 128 + the signal's number, although all went well.
              Runtime.getRuntime().halt(exitCode.get());
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      node.start();
    } catch (StartException e) {
      LOG.error("Can't start: {}", e.line());
      LOG.debug("Noticed here", e);
      exitCode.set(START_FAILED);
      System.exit(START_FAILED);
    } catch (RuntimeException | Error e) {
      LOG.error("Can't start, and this should not happen", e);
      exitCode.set(START_FAILED);
      System.exit(START_FAILED);
    }
  }
}
