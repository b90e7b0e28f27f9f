package io.hubbub.system;

import io.hubbub.system.client.Rest;
import io.hubbub.system.harness.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks for the same again and again, below the limits of an address. */
final class Reads implements AutoCloseable {
  private static final long EVERY_MILLIS = 40;
  private static final int MANY = 100;

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<String> failed = new CopyOnWriteArrayList<>();
  private final AtomicInteger count = new AtomicInteger();
  private final Rest rest;

  private Reads(Rest rest) {
    this.rest = rest;
  }

  /** Begins. */
  static Reads of(Rest rest) {
    Reads reads = new Reads(rest);
    reads.timer.scheduleAtFixedRate(reads::read, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    return reads;
  }

  private void read() {
    try {
      Rest.Answer answer = rest.get("/v1/conversations");
      count.incrementAndGet();
      if (answer.status() != 200) {
        failed.add(answer.status() + " " + answer.text());
      }
    } catch (Exception e) {
      failed.add(e.toString());
    }
  }

  /** Waits until there are many more. */
  void goOn() throws Exception {
    int before = count.get();
    Await.until("reads go on", () -> count.get() > before + MANY);
  }

  /** How many there were. */
  int count() {
    return count.get();
  }

  /** What those were answered that did not succeed. */
  List<String> failed() {
    return List.copyOf(failed);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
