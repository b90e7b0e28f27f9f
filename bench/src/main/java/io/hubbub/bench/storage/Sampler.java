package io.hubbub.bench.storage;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** Repeats a call, one at a time, and says what it costs. */
final class Sampler {
  private static final long ANSWER_SECONDS = 60;

  private final BackendCpu cpu;
  private final long rows;
  private final StorageReport report;

  Sampler(BackendCpu cpu, long rows, StorageReport report) {
    this.cpu = cpu;
    this.rows = rows;
    this.report = report;
  }

  /**
   * Measures a kind of call.
   *
   * @param warm how many calls come before those that count
   * @param calls how many count
   * @param call makes the call; what it makes is made before the clocks run where it can be
   */
  void sample(String what, int warm, int calls, Supplier<Supplier<Future<?>>> call) {
    for (int i = 0; i < warm; i++) {
      await(call.get().get());
    }
    Histogram latency = new Histogram(3);
    long spent = 0;
    for (int i = 0; i < calls; i++) {
      Supplier<Future<?>> next = call.get();
      long before = cpu.nanos();
      long start = System.nanoTime();
      await(next.get());
      latency.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
      spent += cpu.nanos() - before;
    }
    report.cost(
        new StorageRow(
            rows,
            what,
            spent / 1e3 / calls,
            latency.getValueAtPercentile(50),
            latency.getValueAtPercentile(99)));
  }

  /** Waits for an answer. */
  static <T> T await(Future<T> answer) {
    try {
      return answer.toCompletionStage().toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
