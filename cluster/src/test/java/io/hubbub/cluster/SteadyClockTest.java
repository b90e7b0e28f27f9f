package io.hubbub.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.hazelcast.internal.nio.ClassLoaderUtil;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  @Test
  void goesOnWhereTheWallClockJumps() {
    AtomicLong wall = new AtomicLong(1_000_000);
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    SteadyClock clock = new SteadyClock(wall::get, nanos::get);
    assertEquals(1_000_000, clock.currentTimeMillis());
    wall.addAndGet(-40_000);
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1_500));
    assertEquals(1_001_500, clock.currentTimeMillis());
  }

  @Test
  void isFoundByItsName() throws Exception {
    SteadyClock.use();
    Object found =
        ClassLoaderUtil.newInstance(null, System.getProperty("com.hazelcast.clock.impl"));
    assertEquals(SteadyClock.class, found.getClass());
  }
}
