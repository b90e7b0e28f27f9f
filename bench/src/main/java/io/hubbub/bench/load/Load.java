package io.hubbub.bench.load;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.uring.IoUringIoHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Clients on one event loop of their own, which is all that this process does meanwhile. */
public final class Load implements AutoCloseable {
  private static final int SAMPLED = 16;
  private static final int CLOSE_SECONDS = 10;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, Arrivals.RING ? IoUringIoHandler.newFactory() : NioIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final Tally tally = new Tally();
  private final List<Client> clients = new ArrayList<>();

  /**
   * Opens clients for all users of a world and waits until the server knows each.
   *
   * @param ports of the servers, which are taken in turn
   * @param atOnce how many may be on their way at a time
   * @throws IllegalStateException when something is wrong, or not all are there in time
   */
  public void connect(
      World world, Dialect dialect, List<Integer> ports, Play play, int atOnce, int seconds) {
    List<List<World.Room>> rooms = world.roomsByUser();
    List<Client> fresh = new ArrayList<>();
    for (int i = 0; i < world.users(); i++) {
      fresh.add(new Client(i, rooms.get(i), dialect, play, tally, i % SAMPLED == 0));
    }
    clients.addAll(fresh);
    open(fresh, ports, atOnce, seconds);
  }

  /**
   * Opens sockets for clients that are not connected, and waits until the server knows each. A
   * client that was connected before says what it has seen.
   */
  public void open(List<Client> fresh, List<Integer> ports, int atOnce, int seconds) {
    Arrivals arrivals = new Arrivals(loop, fresh, ports, atOnce);
    call(
        () -> {
          arrivals.more();
          return null;
        });
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (call(arrivals::arrived) < fresh.size()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("only " + call(arrivals::arrived) + " clients came");
      }
      check();
      pause(5);
    }
  }

  /**
   * Lets clients come and go until told to stop: as soon as the server knows one it leaves, and the
   * next one comes. Each counts as a message.
   *
   * @return what stops it
   */
  public Runnable churn(World world, Dialect dialect, List<Integer> ports, int atOnce) {
    Arrivals[] arrivals = new Arrivals[1];
    boolean[] over = new boolean[1];
    Play comeAndGo =
        new Play() {
          @Override
          public void ready(Client client) {
            tally.completed();
            client.leave();
            if (!over[0]) {
              arrivals[0].again(client.again(false));
            }
          }

          @Override
          public void own(Client client) {}

          @Override
          public void failed(Client client, String what) {
            tally.wrong(what);
          }
        };
    List<List<World.Room>> rooms = world.roomsByUser();
    List<Client> first = new ArrayList<>();
    for (int i = 0; i < atOnce; i++) {
      first.add(new Client(i, rooms.get(i), dialect, comeAndGo, tally, false));
    }
    arrivals[0] = new Arrivals(loop, first, ports, atOnce);
    call(
        () -> {
          arrivals[0].more();
          return null;
        });
    return () -> call(() -> over[0] = true);
  }

  /** All clients, in order. */
  public List<Client> clients() {
    return clients;
  }

  /** Runs something on the event loop and waits for it. */
  public <T> T call(Callable<T> what) {
    try {
      return loop.submit(what).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** The event loop's timer. */
  public void every(long micros, Runnable what) {
    loop.scheduleAtFixedRate(what, micros, micros, TimeUnit.MICROSECONDS);
  }

  /** What was counted since the last call. */
  public Tally.Counts take(double seconds) {
    return call(() -> tally.take(seconds));
  }

  /** Throws when a client saw something that cannot be right. */
  public void check() {
    String wrong = call(tally::wrong);
    if (wrong != null) {
      throw new IllegalStateException(wrong);
    }
  }

  /** Waits until all members of each room have seen its newest number. */
  public void settle(World world, int seconds) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (true) {
      check();
      String missing = call(() -> missing(world));
      if (missing == null) {
        return;
      }
      if (System.nanoTime() > until) {
        throw new IllegalStateException(missing);
      }
      pause(20);
    }
  }

  private @Nullable String missing(World world) {
    for (World.Room room : world.rooms()) {
      long most = 0;
      for (int member : room.members()) {
        most = Math.max(most, clients.get(member).last(room.id()));
      }
      for (int member : room.members()) {
        long last = clients.get(member).last(room.id());
        if (last != most) {
          return "client " + member + " is at " + last + " of " + most;
        }
      }
    }
    return null;
  }

  /** Closes all sockets. */
  public void leave() {
    call(
        () -> {
          clients.forEach(Client::leave);
          return null;
        });
    clients.clear();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    leave();
    // Bounded: on io_uring Netty may wait for ever for the last completions of closed sockets.
    group
        .shutdownGracefully(300, 5_000, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
