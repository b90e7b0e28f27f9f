package io.hubbub.bench.workload;

import io.hubbub.bench.contestant.Contestant;
import io.hubbub.bench.load.Load;
import io.hubbub.bench.load.World;

/**
 * Clients come, are known, and go: how many a second. A message counts one of them.
 *
 * @param world who comes, in turn
 * @param atOnce how many are on their way at a time, as many people as there are at least
 */
public record Handshakes(World world, int atOnce) implements Workload {
  /** So much more code lies on the way of a handshake than on that of a message. */
  private static final int WARM_UPS = 3;

  @Override
  public Figures run(Contestant contestant, Times times) throws Exception {
    contestant.prepare(world);
    try (Load load = new Load()) {
      Runnable stop = load.churn(world, contestant.dialect(), contestant.ports(), atOnce);
      Times warm = new Times(times.warmUp() * WARM_UPS, times.measure());
      Figures figures = new Meter(contestant, load).measure(warm, 0);
      stop.run();
      return figures;
    }
  }
}
