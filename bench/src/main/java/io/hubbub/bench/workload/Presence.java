package io.hubbub.bench.workload;

import io.hubbub.bench.contestant.Contestant;
import io.hubbub.bench.contestant.HubbubNodes;
import io.hubbub.bench.load.Client;
import io.hubbub.bench.load.HubbubDialect;
import io.hubbub.bench.load.Load;
import io.hubbub.bench.load.Play;
import io.hubbub.bench.load.World;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Everybody watches those in the same room, goes offline, and all come back at once: how long until
 * each sees all others online. They do so once to warm up, and once to be measured.
 *
 * @param people in rooms small enough that their members see each other
 */
public record Presence(World people) implements Workload {
  private static final int AT_ONCE = 200;
  private static final int CONNECT_SECONDS = 240;
  private static final int SETTLE_SECONDS = 120;

  /** By then all are told to be offline: longer than {@code presence.grace}. */
  private static final int OFFLINE_SECONDS = 15;

  @Override
  public Figures run(Contestant contestant, Times times) throws Exception {
    if (!(contestant instanceof HubbubNodes nodes)) {
      throw new IllegalArgumentException("nobody else tells who is online");
    }
    nodes.prepare(people);
    try (Load load = new Load()) {
      load.connect(people, nodes.dialect(), nodes.ports(), WATCHING, AT_ONCE, CONNECT_SECONDS);
      allSeeAll(load);
      load.open(away(load), nodes.ports(), AT_ONCE, CONNECT_SECONDS);
      allSeeAll(load);
      Thread.sleep(times.warmUp() * 1000L);
      List<Client> again = away(load);
      Meter meter = new Meter(nodes, load);
      double cpu = meter.cpu();
      double database = nodes.databaseCpu();
      double diffs = nodes.metric("hubbub_presence_diffs_total");
      double batches = nodes.metric("hubbub_link_batches_total");
      long from = System.nanoTime();
      load.open(again, nodes.ports(), AT_ONCE, CONNECT_SECONDS);
      double known = (System.nanoTime() - from) / 1e9;
      allSeeAll(load);
      double right = (System.nanoTime() - from) / 1e9;
      Figures figures =
          Figures.none()
              .with("s until known", known)
              .with("s until right", right)
              .with("server CPU s", meter.cpu() - cpu)
              .with("database CPU s", nodes.databaseCpu() - database)
              .with("changes told to edges", nodes.metric("hubbub_presence_diffs_total") - diffs)
              .with("link batches", nodes.metric("hubbub_link_batches_total") - batches);
      Thread.sleep(times.warmUp() * 1000L);
      double before = meter.cpu();
      Thread.sleep(times.measure() * 1000L);
      figures.with("idle server cores", (meter.cpu() - before) / times.measure());
      load.check();
      return meter.blocked(figures);
    }
  }

  private void allSeeAll(Load load) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
    while (true) {
      load.check();
      int missing = load.call(() -> missing(load.clients()));
      if (missing == 0) {
        return;
      }
      if (System.nanoTime() > until) {
        throw new IllegalStateException(missing + " clients do not see all others online");
      }
      Thread.sleep(20);
    }
  }

  private static int missing(List<Client> clients) {
    int missing = 0;
    for (Client client : clients) {
      int others = client.rooms().get(0).members().size();
      missing += client.seenOnline() == others ? 0 : 1;
    }
    return missing;
  }

  /** All leave, and are told to be offline; those who come back. */
  private static List<Client> away(Load load) throws InterruptedException {
    List<Client> again = leave(load);
    Thread.sleep(OFFLINE_SECONDS * 1000L);
    return again;
  }

  private static List<Client> leave(Load load) {
    return load.call(
        () -> {
          List<Client> away = new ArrayList<>();
          for (int i = 0; i < load.clients().size(); i++) {
            Client client = load.clients().get(i);
            client.leave();
            Client again = client.again(false);
            load.clients().set(i, again);
            away.add(again);
          }
          return away;
        });
  }

  private static final Play WATCHING =
      new Play() {
        @Override
        public void ready(Client client) {
          client.write(HubbubDialect.watch(client.rooms().get(0)));
        }

        @Override
        public void own(Client client) {}

        @Override
        public void failed(Client client, String what) {
          client.wrong(what);
        }
      };
}
