package io.hubbub.system.harness;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for conditions and answers, never just for time to pass. */
public final class Await {
  /** How long anything may take that has no limit of its own. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long POLL_MILLIS = 10;

  private Await() {}

  /** A condition that may look at things which fail. */
  @FunctionalInterface
  public interface Condition {
    /** Whether it holds by now. */
    boolean holds() throws Exception;
  }

  /** Waits until a condition holds, for at most {@link #PATIENCE}. */
  public static void until(String what, Condition condition) throws Exception {
    until(what, PATIENCE, condition);
  }

  /**
   * Waits until a condition holds.
   *
   * @throws AssertionError naming what was waited for, when it does not hold in time
   */
  public static void until(String what, Duration patience, Condition condition) throws Exception {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + patience.toMillis() + " ms: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** The result of a future, for which {@link #PATIENCE} is spent at most. */
  public static <T> T get(CompletableFuture<T> future) throws Exception {
    return get(future, PATIENCE);
  }

  /** The result of a future, or what it failed with. */
  public static <T> T get(CompletableFuture<T> future, Duration patience) throws Exception {
    try {
      return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    } catch (TimeoutException e) {
      throw new AssertionError("no answer within " + patience.toMillis() + " ms", e);
    }
  }
}
