package io.hubbub.bench.workload;

import io.hubbub.bench.contestant.Contestant;
import io.hubbub.bench.load.Load;
import io.hubbub.bench.load.Tally;
import io.hubbub.bench.machine.NodeJvm;
import io.hubbub.bench.machine.Proc;
import java.io.IOException;
import org.HdrHistogram.Histogram;

/** Reads off everybody's CPU at both ends of a stretch of time. */
final class Meter {
  private static final double MILLION = 1e6;
  private static final double MIB = 1 << 20;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Contestant contestant;
  private final Load load;
  private int blockedBefore;

  Meter(Contestant contestant, Load load) throws IOException {
    this.contestant = contestant;
    this.load = load;
    this.blockedBefore = blocked();
  }

  /**
   * Warms up, then measures.
   *
   * @param inFlight how many messages are under way at a time; 0 where they are sent by the clock,
   *     so that latency counts from when each was due and needs no correction
   */
  Figures measure(Workload.Times times, int inFlight) throws IOException, InterruptedException {
    Thread.sleep(times.warmUp() * 1000L);
    load.check();
    load.take(0);
    blockedBefore = blocked();
    Reading before = read();
    Thread.sleep(times.measure() * 1000L);
    Reading after = read();
    Tally.Counts counts = load.take((after.nanos - before.nanos) / 1e9);
    load.check();
    return figures(before, after, counts, inFlight);
  }

  private Figures figures(Reading before, Reading after, Tally.Counts counts, int inFlight)
      throws IOException {
    double seconds = counts.seconds();
    double server = after.server - before.server;
    double database = after.database - before.database;
    double loadShare = (after.load - before.load) / seconds;
    Figures figures =
        Figures.none()
            .with("deliveries/s", counts.deliveries() / seconds)
            .with("messages/s", counts.messages() / seconds)
            .with("deliveries per frame", (double) counts.deliveries() / counts.frames())
            .with("deliveries per read", (double) counts.deliveries() / counts.reads())
            .with("server CPU s per M deliveries", server * MILLION / counts.deliveries())
            .with("server CPU s per M messages", server * MILLION / counts.messages())
            .with("database CPU s per M messages", database * MILLION / counts.messages())
            .with("server cores", server / seconds)
            .with("database cores", database / seconds)
            .with("load cores", loadShare);
    latency(figures, counts, inFlight);
    figures.with("resident MiB", resident() / MIB);
    if (loadShare > 0.9) {
      figures.remark("load", "the load generator is the limit");
    }
    counts.errors().forEach((what, often) -> figures.remark("error " + what, often + " times"));
    return blocked(figures);
  }

  /** Corrected for coordinated omission: who waits for an answer does not send meanwhile. */
  private static void latency(Figures figures, Tally.Counts counts, int inFlight) {
    Histogram seen = counts.latency();
    if (counts.messages() == 0 || seen.getTotalCount() == 0) {
      return;
    }
    long every = (long) (counts.seconds() * 1e9 * inFlight / counts.messages());
    Histogram latency = inFlight == 0 ? seen : seen.copyCorrectedForCoordinatedOmission(every);
    figures
        .with("p50 ms", latency.getValueAtPercentile(50) / NANOS_PER_MILLI)
        .with("p99 ms", latency.getValueAtPercentile(99) / NANOS_PER_MILLI)
        .with("max ms", latency.getMaxValue() / NANOS_PER_MILLI);
  }

  /**
   * Adds how often an event loop was found to be busy for over 100 ms since the measurement began.
   */
  Figures blocked(Figures figures) throws IOException {
    return figures.with("blocked event loops", blocked() - blockedBefore);
  }

  private int blocked() throws IOException {
    int blocked = 0;
    for (NodeJvm process : contestant.processes()) {
      blocked += process.lines("has been blocked for").size();
    }
    return blocked;
  }

  /** Bytes of resident memory of all processes. */
  long resident() {
    return contestant.processes().stream().mapToLong(each -> Proc.resident(each.pid())).sum();
  }

  /** CPU seconds of all processes so far. */
  double cpu() {
    return contestant.processes().stream().mapToDouble(each -> Proc.cpu(each.pid())).sum();
  }

  private Reading read() {
    return new Reading(
        System.nanoTime(),
        cpu(),
        contestant.databaseCpu(),
        Proc.cpu(ProcessHandle.current().pid()));
  }

  private record Reading(long nanos, double server, double database, double load) {}
}
