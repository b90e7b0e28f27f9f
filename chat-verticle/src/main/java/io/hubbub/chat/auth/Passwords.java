package io.hubbub.chat.auth;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and checks passwords on a small pool of workers, as each takes tens of milliseconds and 19
 * MiB. What waits for it is bounded; over that, {@code overloaded}. Safe from any thread.
 */
public final class Passwords {
  private static final int THREADS = 2;
  private static final int MAX_WAITING = 64;

  private final WorkerExecutor workers;
  private final AtomicInteger waiting = new AtomicInteger();
  private final String dummy = Argon2id.hash("nobody's password");

  /** With workers of its own, shared by all of the same Vert.x. */
  public Passwords(Vertx vertx) {
    workers = vertx.createSharedWorkerExecutor("hubbub-passwords", THREADS, 10, TimeUnit.SECONDS);
  }

  /** The hash of a password, to be stored. */
  public Future<String> hash(String password) {
    return run(() -> Argon2id.hash(password));
  }

  /**
   * Whether it is the password.
   *
   * @param hash what {@link #hash} made of it, or null where there is no such user: then it takes
   *     as long, and is not
   */
  public Future<Boolean> verify(String password, @Nullable String hash) {
    return run(() -> Argon2id.matches(password, hash == null ? dummy : hash) && hash != null);
  }

  /** Lets the workers go. */
  public Future<Void> close() {
    return workers.close();
  }

  private <T> Future<T> run(Callable<T> job) {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      return Future.failedFuture(
          new HubbubException(ErrorCode.OVERLOADED, "too many log in right now", 2000));
    }
    return workers.executeBlocking(job, false).onComplete(done -> waiting.decrementAndGet());
  }
}
