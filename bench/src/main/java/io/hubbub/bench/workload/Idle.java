package io.hubbub.bench.workload;

import io.hubbub.bench.contestant.Contestant;
import io.hubbub.bench.load.Client;
import io.hubbub.bench.load.Load;
import io.hubbub.bench.load.Play;
import io.hubbub.bench.load.World;
import io.hubbub.bench.machine.Histogram;
import io.hubbub.bench.machine.NodeJvm;

/**
 * Clients that are there and do nothing: what each costs in memory.
 *
 * @param world who is there
 */
public record Idle(World world) implements Workload {
  private static final int AT_ONCE = 64;
  private static final int CONNECT_SECONDS = 600;
  private static final double KIB = 1024;

  /** Some come and go before, so that what the first ones cause is not counted. */
  private static final int FIRST = 500;

  @Override
  public Figures run(Contestant contestant, Times times) throws Exception {
    contestant.prepare(world);
    NodeJvm process = contestant.processes().get(0);
    try (Load load = new Load();
        Load before = new Load()) {
      World some = World.strangers(FIRST);
      before.connect(
          some, contestant.dialect(), contestant.ports(), NOBODY, AT_ONCE, CONNECT_SECONDS);
      before.leave();
      Thread.sleep(times.warmUp() * 1000L);
      Meter meter = new Meter(contestant, load);
      boolean java = contestant.java();
      long heap = java ? process.liveHeap() : 0;
      long resident = meter.resident();
      Histogram held = java ? Histogram.of(process) : null;
      load.connect(
          world, contestant.dialect(), contestant.ports(), NOBODY, AT_ONCE, CONNECT_SECONDS);
      load.check();
      Thread.sleep(times.warmUp() * 1000L);
      double cpu = meter.cpu();
      Thread.sleep(times.measure() * 1000L);
      double idleCores = (meter.cpu() - cpu) / times.measure();
      long busy = meter.resident();
      int people = world.users();
      Figures figures =
          Figures.none()
              .with("resident KiB per session", (busy - resident) / KIB / people)
              .with("server cores", idleCores);
      if (held != null) {
        figures.with("live heap KiB per session", (process.liveHeap() - heap) / KIB / people);
        figures.attach("held-by-class.txt", Histogram.of(process).perUnit(held, people));
      }
      load.check();
      return meter.blocked(figures);
    }
  }

  static final Play NOBODY =
      new Play() {
        @Override
        public void ready(Client client) {}

        @Override
        public void own(Client client) {}

        @Override
        public void failed(Client client, String what) {}
      };
}
