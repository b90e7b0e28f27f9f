package io.hubbub.bench.storage;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Repeats a call on two logs in turn and says what it costs: on a busy machine the same call takes
 * twice the CPU a minute later, so only what took turns can be compared.
 */
final class Sampler {
  private static final long ANSWER_SECONDS = 60;

  private final Site site;
  private final Site small;
  private final long rows;
  private final StorageReport report;

  /**
   * Nothing measured yet.
   *
   * @param rows what is said of the first log's size
   */
  Sampler(Site site, Site small, long rows, StorageReport report) {
    this.site = site;
    this.small = small;
    this.rows = rows;
    this.report = report;
  }

  /**
   * Measures a kind of call.
   *
   * @param warm how many calls come before those that count
   * @param calls how many count, on each log
   * @param call makes the call ready; what it gives makes it
   */
  void sample(String what, int warm, int calls, Function<Site, Supplier<Future<?>>> call) {
    Histogram latency = new Histogram(3);
    Histogram ignored = new Histogram(3);
    for (int i = 0; i < warm; i++) {
      once(small, call, ignored);
      once(site, call, ignored);
    }
    long spent = 0;
    long spentSmall = 0;
    for (int i = 0; i < calls; i++) {
      spentSmall += once(small, call, ignored);
      spent += once(site, call, latency);
    }
    report.cost(
        new StorageRow(
            rows,
            what,
            spent / 1e3 / calls,
            spentSmall / 1e3 / calls,
            latency.getValueAtPercentile(50),
            latency.getValueAtPercentile(99)));
  }

  /** Nanoseconds of CPU. */
  private static long once(Site at, Function<Site, Supplier<Future<?>>> call, Histogram latency) {
    Supplier<Future<?>> next = call.apply(at);
    long before = at.cpu().nanos();
    long start = System.nanoTime();
    await(next.get());
    latency.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
    return at.cpu().nanos() - before;
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
