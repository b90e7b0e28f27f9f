package io.hubbub.bench.workload;

import io.hubbub.bench.contestant.Contestant;
import io.hubbub.bench.load.Client;
import io.hubbub.bench.load.Load;
import io.hubbub.bench.load.Play;
import io.hubbub.bench.load.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
      Kept.check(contestant, (long) (figures.value("messages/s") * times.measure()));
      return figures;
    }
  }

  /** Says the next thing when the last one has come back. Confined to the load's event loop. */
  static final class Talk implements Play {
    private final Random random = new Random(1);
    private final Map<Client, Integer> more = new HashMap<>();
    private int first;
    private int left;
    boolean over;

    /** Only clients from a number on go on for ever. */
    void only(int from) {
      first = from;
    }

    /** How many messages are still to come back of those that a client was to say. */
    int left() {
      return left;
    }

    @Override
    public void ready(Client client) {}

    @Override
    public void own(Client client) {
      if (client.index() < first) {
        left--;
        if (more.merge(client, -1, Integer::sum) > 0) {
          say(client);
        }
      } else if (!over) {
        say(client);
      }
    }

    @Override
    public void failed(Client client, String what) {
      own(client);
    }

    /** Says so many things, one after the other. */
    void say(Client client, int times) {
      more.put(client, times);
      left += times;
      say(client);
    }

    void say(Client client) {
      List<World.Room> rooms = client.rooms();
      client.say(rooms.get(rooms.size() == 1 ? 0 : random.nextInt(rooms.size())));
    }
  }
}
