package io.hubbub.system.client;

import io.hubbub.system.client.Checker.Ack;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Clients who talk at a steady rate, each in turn, in all their rooms, until they are stopped. */
public final class Chatter implements AutoCloseable {
  /** How many messages may wait for their answer before nobody says more. */
  private static final int OPEN = 2_000;

  private static final long TICK_MILLIS = 10;
  private static final AtomicLong CHATTERS = new AtomicLong();

  /**
   * A message that was said and acknowledged.
   *
   * @param room where
   * @param ack with which number
   * @param said when, by {@link System#nanoTime}
   * @param answered when the answer came
   */
  public record Done(String room, Ack ack, long said, long answered) {}

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<ChatClient> clients;
  private final List<String> rooms;
  private final double perSecond;
  private final String pad;
  private final int most;
  private final long number = CHATTERS.incrementAndGet();
  private final long begin = System.nanoTime();
  private final List<Done> done = Collections.synchronizedList(new ArrayList<>());
  private final List<Throwable> refused = new CopyOnWriteArrayList<>();
  private final Map<String, List<String>> keys = new HashMap<>();
  private final List<CompletableFuture<JsonObject>> open = new ArrayList<>();
  private long said;

  private Chatter(
      List<ChatClient> clients, List<String> rooms, double perSecond, String pad, int most) {
    this.clients = List.copyOf(clients);
    this.rooms = List.copyOf(rooms);
    this.perSecond = perSecond;
    this.pad = pad;
    this.most = most;
  }

  /** Begins to talk: so many messages a second by all together. */
  public static Chatter start(List<ChatClient> clients, List<String> rooms, double perSecond) {
    return start(clients, rooms, perSecond, "", OPEN);
  }

  /**
   * Begins to talk.
   *
   * @param perSecond how many messages a second by all together
   * @param pad what each message ends with
   * @param most how many may wait for their answer before nobody says more
   */
  public static Chatter start(
      List<ChatClient> clients, List<String> rooms, double perSecond, String pad, int most) {
    Chatter chatter = new Chatter(clients, rooms, perSecond, pad, most);
    chatter.timer.scheduleAtFixedRate(chatter::say, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    return chatter;
  }

  private synchronized void say() {
    open.removeIf(CompletableFuture::isDone);
    double due = perSecond * (System.nanoTime() - begin) / 1e9;
    for (int i = 0; said < due && open.size() < most && i < most; i++) {
      ChatClient client = clients.get((int) (said % clients.size()));
      String room = rooms.get((int) (said / clients.size() % rooms.size()));
      String key = client.user() + "/" + number + "/" + said;
      String body = "message " + said + " of " + client.user() + pad;
      said++;
      keys.computeIfAbsent(room + client.user(), any -> new ArrayList<>()).add(key);
      long at = System.nanoTime();
      CompletableFuture<JsonObject> answer = client.send(room, key, body);
      open.add(answer);
      answer.whenComplete(
          (ok, failure) -> {
            if (ok == null) {
              refused.add(failure);
            } else {
              Ack ack = new Ack(client.user(), key, ok.getLong("seq"), body);
              done.add(new Done(room, ack, at, System.nanoTime()));
            }
          });
    }
  }

  /** How many messages have been said. */
  public synchronized long said() {
    return said;
  }

  /** What was acknowledged so far. */
  public List<Done> done() {
    synchronized (done) {
      return List.copyOf(done);
    }
  }

  /** The acknowledgements of a room. */
  public List<Ack> acks(String room) {
    return done().stream().filter(one -> one.room().equals(room)).map(Done::ack).toList();
  }

  /** What was refused for good. */
  public List<Throwable> refused() {
    return List.copyOf(refused);
  }

  /** The keys of a client in a room, in the order said. */
  public synchronized List<String> keys(String room, String user) {
    return List.copyOf(keys.getOrDefault(room + user, List.of()));
  }

  /** Says nothing more, and waits until everything said has its final answer. */
  public void stop(Duration patience) throws Exception {
    close();
    List<CompletableFuture<JsonObject>> rest;
    synchronized (this) {
      rest = List.copyOf(open);
    }
    CompletableFuture<Void> all = CompletableFuture.allOf(rest.toArray(CompletableFuture[]::new));
    all.exceptionally(failure -> null).get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.shutdown();
  }
}
