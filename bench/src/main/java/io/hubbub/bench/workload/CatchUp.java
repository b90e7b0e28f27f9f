package io.hubbub.bench.workload;

import io.hubbub.bench.contestant.Contestant;
import io.hubbub.bench.contestant.HubbubNodes;
import io.hubbub.bench.load.Client;
import io.hubbub.bench.load.Load;
import io.hubbub.bench.load.World;
import java.util.ArrayList;
import java.util.List;

/**
 * Everybody loses the connection, misses some messages and comes back at once, while others go on
 * talking.
 *
 * @param people in rooms; the first of each room stays and talks while the others are away
 * @param missed messages in each room
 * @param others who talk all the time, one message in flight each
 */
public record CatchUp(World people, int missed, World others) implements Workload {
  private static final int AT_ONCE = 200;
  private static final int CONNECT_SECONDS = 240;
  private static final int SETTLE_SECONDS = 60;

  @Override
  public Figures run(Contestant contestant, Times times) throws Exception {
    if (!(contestant instanceof HubbubNodes nodes)) {
      throw new IllegalArgumentException("nothing else can catch up");
    }
    World all = people.and(others);
    nodes.prepare(all);
    try (Load load = new Load()) {
      ClosedLoop.Talk talk = new ClosedLoop.Talk();
      load.connect(all, nodes.dialect(), nodes.ports(), talk, AT_ONCE, CONNECT_SECONDS);
      List<Client> talkers = load.clients().subList(people.users(), all.users());
      load.call(
          () -> {
            talk.only(people.users());
            talkers.forEach(talk::say);
            return null;
          });
      Meter meter = new Meter(nodes, load);
      Figures quiet = meter.measure(times, talkers.size());
      List<Client> away = leave(load);
      miss(load, talk);
      double pages = nodes.metric("hubbub_pages_total");
      long transactions = transactions(nodes);
      load.take(0);
      long from = System.nanoTime();
      load.open(away, nodes.ports(), AT_ONCE, CONNECT_SECONDS);
      load.settle(people, SETTLE_SECONDS);
      double seconds = (System.nanoTime() - from) / 1e9;
      double p99 = load.take(seconds).latency().getValueAtPercentile(99) / 1e6;
      Figures figures =
          Figures.none()
              .with("seconds until all have all", seconds)
              .with("pages read", nodes.metric("hubbub_pages_total") - pages)
              .with(
                  "pages per conversation and 1,000 clients",
                  (nodes.metric("hubbub_pages_total") - pages) / Math.ceil(away.size() / 1_000.0))
              .with(
                  "transactions per client",
                  (double) (transactions(nodes) - transactions) / away.size())
              .with("p99 ms of the others before", quiet.value("p99 ms"))
              .with("p99 ms of the others meanwhile", p99);
      load.call(() -> talk.over = true);
      load.settle(all, SETTLE_SECONDS);
      return meter.blocked(figures);
    }
  }

  private List<Client> leave(Load load) {
    return load.call(
        () -> {
          List<Client> away = new ArrayList<>();
          for (World.Room room : people.rooms()) {
            for (int member : room.members().subList(1, room.members().size())) {
              Client client = load.clients().get(member);
              client.leave();
              Client again = client.again(false);
              load.clients().set(member, again);
              away.add(again);
            }
          }
          return away;
        });
  }

  /** Says the messages one after the other, in all rooms at a time. */
  private void miss(Load load, ClosedLoop.Talk talk) throws InterruptedException {
    load.call(
        () -> {
          for (World.Room room : people.rooms()) {
            talk.say(load.clients().get(room.members().get(0)), missed);
          }
          return null;
        });
    while (load.call(talk::left) > 0) {
      load.check();
      Thread.sleep(20);
    }
  }

  private static long transactions(HubbubNodes nodes) throws Exception {
    return Long.parseLong(
        nodes.database().one("SELECT xact_commit FROM pg_stat_database WHERE datname = 'hubbub'"));
  }
}
