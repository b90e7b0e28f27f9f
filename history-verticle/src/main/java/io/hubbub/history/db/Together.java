package io.hubbub.history.db;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;

/**
 * Asks together what comes at the same time: a question leaves at once while fewer than so many
 * batches are under way, and waits for the next batch otherwise. A batch that one question may have
 * spoilt is asked again one by one. Safe from any thread.
 *
 * @param <Q> questions
 * @param <A> answers
 */
final class Together<Q, A> {
  /** A question and whoever waits for its answer. */
  record Asked<Q, A>(Q question, Promise<A> answer) {}

  private final int batches;
  private final int most;
  private final int waiting;
  private final Function<List<Asked<Q, A>>, Future<Void>> work;
  private final Queue<Asked<Q, A>> queue = new ArrayDeque<>();
  private int underWay;

  /**
   * Nothing asked yet.
   *
   * @param batches how many are under way at a time
   * @param most how many questions a batch has at most
   * @param waiting how many questions wait at most; more are refused as {@code overloaded}
   * @param work answers each of a batch; what it leaves open fails as its future does
   */
  Together(int batches, int most, int waiting, Function<List<Asked<Q, A>>, Future<Void>> work) {
    this.batches = batches;
    this.most = most;
    this.waiting = waiting;
    this.work = work;
  }

  /** The answer to one question. */
  Future<A> ask(Q question) {
    Asked<Q, A> asked = new Asked<>(question, Promise.promise());
    synchronized (this) {
      if (queue.size() >= waiting) {
        return Future.failedFuture(
            new HubbubException(ErrorCode.OVERLOADED, "too many questions wait", 1_000));
      }
      queue.add(asked);
    }
    next();
    return asked.answer().future();
  }

  private void next() {
    List<Asked<Q, A>> batch = take();
    if (!batch.isEmpty()) {
      work(batch)
          .recover(
              failure ->
                  batch.size() > 1 && mayBeOfOne(failure)
                      ? eachAlone(batch)
                      : Future.failedFuture(failure))
          .onComplete(done -> settled(batch, done.cause()));
    }
  }

  private Future<Void> work(List<Asked<Q, A>> batch) {
    return Future.succeededFuture(batch).compose(work);
  }

  /** Whether one question may have spoilt the answers of all, as a U+0000 in one name does. */
  private static boolean mayBeOfOne(Throwable failure) {
    return !(failure instanceof HubbubException known && known.code() == ErrorCode.UNAVAILABLE);
  }

  private Future<Void> eachAlone(List<Asked<Q, A>> batch) {
    return Future.join(
            batch.stream()
                .filter(asked -> !asked.answer().future().isComplete())
                .map(this::alone)
                .toList())
        .mapEmpty();
  }

  private Future<Void> alone(Asked<Q, A> asked) {
    return work(List.of(asked)).onFailure(asked.answer()::tryFail);
  }

  private synchronized List<Asked<Q, A>> take() {
    List<Asked<Q, A>> batch = new ArrayList<>();
    while (underWay < batches && batch.size() < most && !queue.isEmpty()) {
      batch.add(queue.remove());
    }
    underWay += batch.isEmpty() ? 0 : 1;
    return batch;
  }

  private void settled(List<Asked<Q, A>> batch, Throwable failure) {
    Throwable cause =
        failure == null ? new HubbubException(ErrorCode.INTERNAL, "not answered") : failure;
    synchronized (this) {
      underWay--;
    }
    batch.forEach(asked -> asked.answer().tryFail(cause));
    next();
  }
}
