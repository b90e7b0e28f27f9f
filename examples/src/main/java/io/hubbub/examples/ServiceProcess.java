package io.hubbub.examples;

import io.hubbub.api.client.HubbubClient;
import io.hubbub.cluster.ClusterService;
import io.hubbub.cluster.ServiceOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of a service's process: it joins, connects, works, and leaves when it is stopped. */
public final class ServiceProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceProcess.class);

  /** How long it may take to leave. */
  private static final long LEAVE_SECONDS = 10;

  private ServiceProcess() {}

  /** What a service does. */
  @FunctionalInterface
  public interface Work {
    /** Begins; ends in a failure only, when it can't go on. */
    Future<?> begin(Vertx vertx, HubbubClient client);
  }

  /**
   * Runs until it is stopped; exits with 1 when it can't go on, to be started again.
   *
   * @param user as whom it talks
   */
  public static void run(ServiceOptions options, String user, Work work) {
    ClusterService.join(options)
        .onSuccess(ServiceProcess::leaveAtTheEnd)
        .compose(
            service -> service.connect(user).compose(client -> work.begin(service.vertx(), client)))
        .onFailure(
            failure -> {
              LOG.error("Can't go on: {}", failure.getMessage());
              exit();
            });
  }

  private static void leaveAtTheEnd(ClusterService service) {
    Thread leave =
        new Thread(
            () -> {
              try {
                service
                    .close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(LEAVE_SECONDS, TimeUnit.SECONDS);
              } catch (Exception e) {
                LOG.warn("Left without goodbye: {}", e.toString());
              }
            });
    Runtime.getRuntime().addShutdownHook(leave);
  }

  /** Exits from a thread of its own: the end waits for event loops, so none may wait for it. */
  private static void exit() {
    new Thread(() -> System.exit(1)).start();
  }
}
