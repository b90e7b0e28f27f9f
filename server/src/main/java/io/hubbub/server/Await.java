package io.hubbub.server;

import io.hubbub.server.start.StartException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for futures on the threads of start and stop, which are no event loops. */
final class Await {
  private Await() {}

  /**
   * The result of a step of the start.
   *
   * @param step what it is, for the message
   * @throws StartException when it fails or takes longer
   */
  static <T> T started(String step, Future<T> future, Duration atMost) throws StartException {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StartException(step + " failed: " + cause.getMessage(), cause);
    } catch (TimeoutException e) {
      throw new StartException(step + " took longer than " + atMost.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException(step + " was interrupted", e);
    }
  }

  /** Waits for a step of the stop, whatever it comes to, but no longer than this. */
  static void ended(Future<?> future, Duration atMost)
      throws InterruptedException, ExecutionException, TimeoutException {
    future.toCompletionStage().toCompletableFuture().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }
}
