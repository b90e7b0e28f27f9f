package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Chatter;
import io.hubbub.system.client.Checker;
import io.hubbub.system.client.Transcript;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * People in rooms, on chosen nodes: some talk all the time, some only read. In the end all of them
 * must hold the same, and everything that was acknowledged.
 */
final class Talk {
  private static final int CALM_MESSAGES = 100;

  /** What no message takes when nothing is wrong. */
  private static final Duration CALM = Duration.ofMillis(500);

  private final Cluster cluster;
  private final List<String> rooms = new ArrayList<>();
  private final List<ChatClient> talkers = new ArrayList<>();
  private final List<ChatClient> readers = new ArrayList<>();
  private final Chatter chatter;

  /**
   * Begins, and goes on until it is judged.
   *
   * @param name begins the names of all users
   * @param rooms how many rooms at least; every node is home of some
   * @param talking the nodes of those who talk
   * @param reading the nodes of those who read
   * @param rate how many messages a second all say together
   */
  Talk(
      Cluster cluster,
      String name,
      int rooms,
      List<Integer> talking,
      List<Integer> reading,
      double rate)
      throws Exception {
    this.cluster = cluster;
    List<String> users = new ArrayList<>();
    for (int i = 0; i < talking.size() + reading.size(); i++) {
      users.add(name + "-" + i);
    }
    this.rooms.addAll(cluster.rooms(name, rooms, users.get(0), users));
    for (int i = 0; i < talking.size(); i++) {
      talkers.add(cluster.online(users.get(i), talking.get(i)));
    }
    for (int i = 0; i < reading.size(); i++) {
      readers.add(cluster.online(users.get(talking.size() + i), reading.get(i)));
    }
    chatter = Chatter.start(talkers, this.rooms, rate);
    Await.until("talk has begun", () -> chatter.done().size() > 2 * rate);
  }

  /** Those rooms whose home is a node where all nodes see each other. */
  List<String> roomsOf(int home) {
    List<Integer> all = IntStream.range(0, cluster.size()).boxed().toList();
    return rooms.stream().filter(room -> cluster.home(room, all) == home).toList();
  }

  List<String> rooms() {
    return rooms;
  }

  List<ChatClient> readers() {
    return readers;
  }

  /** One more session of somebody who reads. */
  void joins(ChatClient reader) {
    readers.add(reader);
  }

  List<ChatClient> talkers() {
    return talkers;
  }

  Chatter chatter() {
    return chatter;
  }

  /** Waits until so many more messages were acknowledged. */
  void goesOn(int messages) throws Exception {
    int before = chatter.done().size();
    Await.until("they go on", () -> chatter.done().size() > before + messages);
  }

  /** Waits until every reader has all that was acknowledged before a moment. */
  void awaitAll(long moment, Duration patience) throws Exception {
    for (ChatClient reader : readers) {
      Await.until(reader.user() + " has all", patience, () -> has(reader, moment));
    }
  }

  /** Whether a reader has everything that was acknowledged before a moment. */
  boolean has(ChatClient reader, long moment) {
    Map<String, Long> heads = new HashMap<>();
    for (Chatter.Done done : chatter.done()) {
      if (done.answered() < moment) {
        heads.merge(done.room(), done.ack().seq(), Long::max);
      }
    }
    return heads.entrySet().stream()
        .allMatch(head -> reader.tail(head.getKey()) >= head.getValue());
  }

  /**
   * How long, in milliseconds, the slowest message took from its acknowledgement to a reader, of
   * those acknowledged within a time. All of them must have come to every reader.
   */
  long slowest(long from, long to) {
    return slowest(from, to, Chatter.Done::answered);
  }

  /** The same from when messages were said, of those said within a time. */
  long slowestSinceSaid(long from, long to) {
    return slowest(from, to, Chatter.Done::said);
  }

  private long slowest(long from, long to, ToLongFunction<Chatter.Done> begin) {
    long slowest = 0;
    for (ChatClient reader : readers) {
      Map<String, Long> seen = seen(reader);
      for (Chatter.Done done : chatter.done()) {
        long begun = begin.applyAsLong(done);
        if (begun >= from && begun < to) {
          Long at = seen.get(done.room() + done.ack().seq());
          if (at == null) {
            throw new AssertionError(reader.user() + " has not seen " + done);
          }
          slowest = Math.max(slowest, at - begun);
        }
      }
    }
    return TimeUnit.NANOSECONDS.toMillis(slowest);
  }

  /** When each entry came first. */
  private static Map<String, Long> seen(ChatClient reader) {
    Map<String, Long> seen = new HashMap<>();
    for (ChatClient.Heard heard : reader.events()) {
      JsonObject event = heard.json();
      if (event.containsKey("seq")) {
        seen.putIfAbsent(event.getString("conversation") + event.getLong("seq"), heard.nanos());
      }
    }
    return seen;
  }

  /** How long, in milliseconds, the slowest message said within a time waited for its answer. */
  long slowestAnswer(long from, long to) {
    return slowestAnswer(talkers, from, to);
  }

  /** The same of some talkers only. */
  long slowestAnswer(List<ChatClient> of, long from, long to) {
    Set<String> users = of.stream().map(ChatClient::user).collect(Collectors.toSet());
    return TimeUnit.NANOSECONDS.toMillis(
        chatter.done().stream()
            .filter(done -> users.contains(done.ack().from()))
            .filter(done -> done.said() >= from && done.said() < to)
            .mapToLong(done -> done.answered() - done.said())
            .max()
            .orElse(0));
  }

  /**
   * Waits until the cluster is as it was: no message is late, homes do all the work themselves, and
   * nobody has to pull.
   */
  static void awaitCalm(Cluster cluster, List<Talk> talks) throws Exception {
    Await.until("as before", () -> calm(cluster, talks));
  }

  private static boolean calm(Cluster cluster, List<Talk> talks) throws Exception {
    double before = troubles(cluster);
    long from = System.nanoTime();
    for (Talk talk : talks) {
      talk.goesOn(CALM_MESSAGES);
    }
    long to = System.nanoTime();
    long slowest = 0;
    for (Talk talk : talks) {
      talk.awaitAll(to, Await.PATIENCE);
      slowest = Math.max(slowest, talk.slowest(from, to));
    }
    return slowest < CALM.toMillis() && before == troubles(cluster);
  }

  private static double troubles(Cluster cluster) throws Exception {
    return cluster.metric("hubbub_append_foreign_total", "")
        + cluster.metric("hubbub_homes_silent", "")
        + cluster.metric("hubbub_pages_total", "hole");
  }

  /** Ends it and judges every room; nobody may have been refused for good. */
  void judge() throws Exception {
    chatter.close();
    for (ChatClient talker : talkers) {
      Await.until(
          talker.user() + " has its answers, " + talker.unanswered() + " are missing",
          () -> talker.unanswered() == 0);
    }
    chatter.stop(Await.PATIENCE);
    assertEquals(List.of(), chatter.refused());
    for (String room : rooms) {
      Transcript history = talkers.get(0).history(room);
      Checker checker = new Checker(history).acknowledged(chatter.acks(room));
      for (ChatClient client : talkers) {
        checker.sent(client.user(), chatter.keys(room, client.user()));
      }
      List<ChatClient> all = new ArrayList<>(talkers);
      all.addAll(readers);
      for (ChatClient client : all) {
        Await.until(client.user() + " has all", () -> client.tail(room) >= history.end());
        checker.saw(client.transcript(room));
        assertEquals(0, client.repeats(room), () -> client.user() + " was told a number twice");
        assertEquals(List.of(), client.events("reset", room), "the log never went back");
      }
      checker.assertClean();
    }
  }
}
