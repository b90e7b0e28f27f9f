package io.hubbub.server.start;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells a start that is still under way that the node is to stop. Safe from any thread. */
public final class StopSignal {
  private final CountDownLatch given = new CountDownLatch(1);

  /** Gives the signal, for good. */
  public void give() {
    given.countDown();
  }

  /** Whether it has been given. */
  public boolean isGiven() {
    return given.getCount() == 0;
  }

  /** Waits for the signal; returns whether it came within the time. */
  public boolean within(Duration time) {
    try {
      return given.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
