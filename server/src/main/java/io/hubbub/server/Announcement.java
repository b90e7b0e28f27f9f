package io.hubbub.server;

import io.hubbub.api.cluster.Role;
import io.hubbub.server.config.Config;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the person who started the node where to go, and how to log in. */
final class Announcement {
  private static final Logger LOG = LoggerFactory.getLogger("hubbub");

  private Announcement() {}

  /** Logs it. */
  static void log(Config config, Duration took) {
    String page = config.http().page();
    LOG.info("Started in {} ms", took.toMillis());
    if (config.node().has(Role.EDGE)) {
      LOG.info("Open {} in a browser and choose a name and a password to sign up", page);
    }
    LOG.info("Health: {}/health/ready  Metrics: {}/metrics  Stop: Ctrl-C", page, page);
  }
}
