package io.hubbub.system.client;

import io.hubbub.system.client.Checker.Ack;
import io.hubbub.system.harness.Await;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Clients who say each thing once, at a steady rate that no answer changes: an open loop, where
 * {@link Chatter} waits for answers. What was refused is given up, so that what comes after it may
 * go.
 */
public final class Flood implements AutoCloseable {
  /** What waits for an answer at most: beyond, the rate is not reached. */
  private static final int MOST_OPEN = 20_000;

  private static final long TICK_MILLIS = 10;

  /**
   * What was said, and its answer.
   *
   * @param number how much all had said before
   * @param code what it was refused with; empty where it was acknowledged
   * @param seq the number it was acknowledged with
   * @param nanos how long the answer took
   */
  private record Shot(long number, String user, String room, String code, long seq, long nanos) {
    /** It is its text, too. */
    String key() {
      return "once-" + number;
    }

    boolean in(String where, String who) {
      return room.equals(where) && user.equals(who);
    }
  }

  /** One client in one room. */
  private record Talker(ChatClient client, String room) {}

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<Talker> talkers = new ArrayList<>();
  private final double perSecond;
  private final List<Shot> answered = new ArrayList<>();
  private final long begin = System.nanoTime();
  private volatile long end;
  private long said;

  private Flood(List<ChatClient> clients, List<String> rooms, double perSecond) {
    for (String room : rooms) {
      clients.forEach(client -> talkers.add(new Talker(client, room)));
    }
    this.perSecond = perSecond;
  }

  /** Begins: so many messages a second by all together, each in turn in every room. */
  public static Flood start(List<ChatClient> clients, List<String> rooms, double perSecond) {
    Flood flood = new Flood(clients, rooms, perSecond);
    flood.timer.scheduleAtFixedRate(flood::say, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    return flood;
  }

  private void say() {
    double due = perSecond * (System.nanoTime() - begin) / 1e9;
    for (long next = said(); next < due && end == 0 && open() < MOST_OPEN; next++) {
      synchronized (this) {
        said++;
      }
      say(talkers.get((int) (next % talkers.size())), next);
    }
  }

  private void say(Talker talker, long number) {
    String key = "once-" + number;
    long at = System.nanoTime();
    talker
        .client()
        .ask(command("send", talker.room(), key).put("body", key))
        .whenComplete(
            (ok, failure) -> {
              String code = ok == null ? code(failure) : "";
              long seq = ok == null ? 0 : ok.getLong("seq");
              long took = System.nanoTime() - at;
              answered(new Shot(number, talker.client().user(), talker.room(), code, seq, took));
              if (ok == null) {
                talker.client().ask(command("giveUp", talker.room(), key));
              }
            });
  }

  private static JsonObject command(String op, String room, String key) {
    return new JsonObject().put("op", op).put("conversation", room).put("key", key);
  }

  private static String code(Throwable failure) {
    return failure instanceof ChatException error ? error.code() : String.valueOf(failure);
  }

  private synchronized void answered(Shot shot) {
    answered.add(shot);
  }

  private synchronized long open() {
    return said - answered.size();
  }

  /** How much has been said. */
  public synchronized long said() {
    return said;
  }

  /** How much was said in a second, until it ended. */
  public double offered() {
    return said() * 1e9 / ((end == 0 ? System.nanoTime() : end) - begin);
  }

  private synchronized List<Shot> all(Predicate<Shot> which) {
    return answered.stream().filter(which).toList();
  }

  /** How much has been acknowledged. */
  public int acknowledged() {
    return codes().getOrDefault("", 0);
  }

  /** How often each code was the answer; the empty one stands for acknowledgements. */
  public Map<String, Integer> codes() {
    Map<String, Integer> codes = new TreeMap<>();
    all(shot -> true).forEach(shot -> codes.merge(shot.code(), 1, Integer::sum));
    return codes;
  }

  /** Within how many milliseconds a share of all answers with a code came. */
  public long within(double share, String code) {
    long[] sorted =
        all(shot -> shot.code().equals(code)).stream().mapToLong(Shot::nanos).sorted().toArray();
    int place = (int) Math.ceil(share * sorted.length) - 1;
    return sorted.length == 0 ? 0 : sorted[Math.max(0, place)] / 1_000_000;
  }

  /** What was acknowledged in a room. */
  public List<Ack> acks(String room) {
    return all(shot -> shot.room().equals(room) && shot.code().isEmpty()).stream()
        .map(shot -> new Ack(shot.user(), shot.key(), shot.seq(), shot.key()))
        .toList();
  }

  /** The keys of a client in a room that were answered with a code. */
  public List<String> keys(String room, String user, String code) {
    return all(shot -> shot.in(room, user) && shot.code().equals(code)).stream()
        .map(Shot::key)
        .toList();
  }

  /** The keys of a client in a room, whatever their answers, in the order said. */
  public List<String> keys(String room, String user) {
    return all(shot -> shot.in(room, user)).stream()
        .sorted(Comparator.comparingLong(Shot::number))
        .map(Shot::key)
        .toList();
  }

  /** Says nothing more, and waits until everything said has its answer. */
  public void stop(Duration patience) throws Exception {
    close();
    Await.until(
        "everything said once is answered", patience, () -> timer.isTerminated() && open() == 0);
  }

  @Override
  public void close() {
    if (end == 0) {
      end = System.nanoTime();
    }
    timer.shutdown();
  }
}
