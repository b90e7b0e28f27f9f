package io.hubbub.bench.load;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What all clients of a load have seen. Confined to the load's event loop. */
public final class Tally {
  private static final long MOST_NANOS = 120_000_000_000L;

  private long deliveries;
  private long messages;
  private long frames;
  private long reads;
  private Histogram latency = new Histogram(MOST_NANOS, 3);
  private final Map<String, Long> errors = new TreeMap<>();
  private @Nullable String wrong;

  void delivered() {
    deliveries++;
  }

  void read() {
    reads++;
  }

  void framed() {
    frames++;
  }

  void completed() {
    messages++;
  }

  void latency(long nanos) {
    latency.recordValue(Math.min(Math.max(nanos, 0), MOST_NANOS));
  }

  /** Something that may happen, and is shown. */
  void error(String what) {
    errors.merge(what, 1L, Long::sum);
  }

  /** Something that makes the run worthless: a hole, a repeat, a line that is no JSON. */
  void wrong(String what) {
    error(what);
    if (wrong == null) {
      wrong = what;
    }
  }

  /** The first thing that makes the run worthless. */
  @Nullable String wrong() {
    return wrong;
  }

  /** What was counted since the last call; the errors stay. */
  Counts take(double seconds) {
    Counts counts =
        new Counts(seconds, deliveries, frames, reads, messages, latency, Map.copyOf(errors));
    deliveries = 0;
    messages = 0;
    frames = 0;
    reads = 0;
    latency = new Histogram(MOST_NANOS, 3);
    return counts;
  }

  /**
   * What was counted in a stretch of time.
   *
   * @param seconds how long it was
   * @param deliveries lines with an event that clients were sent
   * @param frames WebSocket frames that they came in
   * @param reads of sockets that they were read by: about as many as the server's writes
   * @param messages messages whose sender saw them come back
   * @param latency nanoseconds from sending a message to its delivery, at some of the clients
   * @param errors how often each happened
   */
  public record Counts(
      double seconds,
      long deliveries,
      long frames,
      long reads,
      long messages,
      Histogram latency,
      Map<String, Long> errors) {}
}
