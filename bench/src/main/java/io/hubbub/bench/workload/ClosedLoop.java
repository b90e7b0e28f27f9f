package io.hubbub.bench.workload;

import io.hubbub.bench.contestant.Contestant;
import io.hubbub.bench.load.Client;
import io.hubbub.bench.load.Load;
import io.hubbub.bench.load.Play;
import io.hubbub.bench.load.World;
import java.util.List;
import java.util.Random;

/**
 * Some clients each have one message under way: when its sender sees it come back, the sender says
 * the next one.
 *
 * @param world who is there
 * @param senders how many of the clients talk, spread evenly; that many messages are in flight
 */
public record ClosedLoop(World world, int senders) implements Workload {
  private static final int AT_ONCE = 100;
  private static final int CONNECT_SECONDS = 120;
  private static final int SETTLE_SECONDS = 30;

  @Override
  public Figures run(Contestant contestant, Times times) throws Exception {
    contestant.prepare(world);
    try (Load load = new Load()) {
      Talk talk = new Talk();
      load.connect(world, contestant.dialect(), contestant.ports(), talk, AT_ONCE, CONNECT_SECONDS);
      List<Client> clients = load.clients();
      load.call(
          () -> {
            for (int i = 0; i < senders; i++) {
              talk.say(clients.get((int) ((long) i * clients.size() / senders)));
            }
            return null;
          });
      Figures figures = new Meter(contestant, load).measure(times, senders);
      load.call(() -> talk.over = true);
      load.settle(world, SETTLE_SECONDS);
      return figures;
    }
  }

  private static final class Talk implements Play {
    private final Random random = new Random(1);
    private boolean over;

    @Override
    public void ready(Client client) {}

    @Override
    public void own(Client client) {
      if (!over) {
        say(client);
      }
    }

    @Override
    public void failed(Client client, String what) {
      own(client);
    }

    private void say(Client client) {
      List<World.Room> rooms = client.rooms();
      client.say(rooms.get(rooms.size() == 1 ? 0 : random.nextInt(rooms.size())));
    }
  }
}
