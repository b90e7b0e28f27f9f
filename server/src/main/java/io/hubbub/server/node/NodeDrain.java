package io.hubbub.server.node;

import io.hubbub.api.node.Drain;
import io.hubbub.api.node.Health;
import io.hubbub.cluster.ViewKeeper;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the node drain: unready at once, no home any more for all others, then every part's step. An
 * administrator may have it begin long before the process is told to stop; it is done once. Safe
 * from any thread.
 */
public final class NodeDrain {
  private static final Logger LOG = LoggerFactory.getLogger("hubbub");

  /** What telling the others may take, and the steps beyond the window. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Health health;
  private final Drain drain;
  private final ViewKeeper keeper;
  private final Duration window;
  private @Nullable Future<Void> begun;

  /** Of a node; the window is how long its parts have. */
  public NodeDrain(Health health, Drain drain, ViewKeeper keeper, Duration window) {
    this.health = health;
    this.drain = drain;
    this.keeper = keeper;
    this.window = window;
  }

  /** The longest that {@link #begin} takes. */
  public Duration longest() {
    return window.plus(GRACE).plus(GRACE);
  }

  /** Begins, or has begun; succeeds when all steps have ended, or have taken too long. */
  public synchronized Future<Void> begin() {
    Future<Void> running = begun;
    if (running == null) {
      health.problem("drain", "draining");
      LOG.info("Draining for at most {} s", window.toSeconds());
      running =
          within(keeper.drain(), GRACE, "Others may not know that this node drains")
              .compose(told -> within(drain.start(window), window.plus(GRACE), "Not all was done"));
      begun = running;
    }
    return running;
  }

  private static Future<Void> within(Future<Void> step, Duration most, String otherwise) {
    return step.timeout(most.toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            failure -> {
              LOG.warn(
                  "{}: {}",
                  otherwise,
                  failure instanceof TimeoutException ? "it takes too long" : failure.toString());
              return Future.succeededFuture();
            });
  }
}
