package io.hubbub.cluster;

import com.hazelcast.internal.util.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Hazelcast's idea of the time: the wall clock as it was at the start, carried on by the monotonic
 * clock. With the wall clock itself, members leave a master whose clock steps back by seconds.
 */
public final class SteadyClock extends Clock.ClockImpl {
  /** By its name Hazelcast finds the class, once for each process. */
  private static final String PROPERTY = "com.hazelcast.clock.impl";

  private final LongSupplier nanos;
  private final long startedMillis;
  private final long startedNanos;

  /** For Hazelcast. */
  public SteadyClock() {
    this(System::currentTimeMillis, System::nanoTime);
  }

  SteadyClock(LongSupplier wallMillis, LongSupplier nanos) {
    this.nanos = nanos;
    this.startedMillis = wallMillis.getAsLong();
    this.startedNanos = nanos.getAsLong();
  }

  /** Has Hazelcast go by it; to be called before anything of Hazelcast's. */
  static void use() {
    System.setProperty(PROPERTY, SteadyClock.class.getName());
  }

  @Override
  protected long currentTimeMillis() {
    return startedMillis + TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - startedNanos);
  }
}
