package io.hubbub.api.node;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What has to happen before this node leaves. Parts add a step; the process runs them all at once
 * when it is told to stop, waits for them at most for the window, and closes everything after that.
 * Safe from any thread.
 */
public final class Drain {
  private final List<Function<Duration, Future<Void>>> steps = new ArrayList<>();
  private boolean started;

  /**
   * Adds a step.
   *
   * @param step is given the window, in which it has to be done, and says when it is
   */
  public synchronized void step(Function<Duration, Future<Void>> step) {
    steps.add(step);
  }

  /** Whether the node has begun to drain. */
  public synchronized boolean started() {
    return started;
  }

  /** Runs all steps; succeeds when all have ended, whatever each of them came to. */
  public Future<Void> start(Duration window) {
    List<Function<Duration, Future<Void>>> all;
    synchronized (this) {
      started = true;
      all = List.copyOf(steps);
    }
    List<Future<Void>> running = new ArrayList<>();
    for (Function<Duration, Future<Void>> step : all) {
      running.add(Future.succeededFuture(window).compose(step));
    }
    return running.isEmpty()
        ? Future.succeededFuture()
        : Future.join(running).otherwiseEmpty().mapEmpty();
  }
}
