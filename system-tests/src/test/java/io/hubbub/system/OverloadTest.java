package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.ChatException;
import io.hubbub.system.client.Chatter;
import io.hubbub.system.client.Checker;
import io.hubbub.system.client.Flood;
import io.hubbub.system.client.Transcript;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.hubbub.system.harness.ConversationLock;
import io.hubbub.system.harness.NodeProcess;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is too slow or too much costs bounded memory, a clear answer, and nobody else. */
@ClusterTest(
    own = true,
    settings = {"--history.batch.rows=" + OverloadTest.ROWS, "--history.delivery.bytes=262144"})
@Timeout(600)
@Tag("slow")
class OverloadTest {
  private static final long DELIVERY_BYTES = 262_144;
  static final int ROWS = 2;

  /** Messages a second that two homes can take on a slow machine, too. */
  private static final int TALK = 100;

  private static final int ROOMS_OF_HOME = 2;

  /** A heap of 512 MB, and half as much for code, stacks and buffers. */
  private static final long NODE_BYTES = 768L << 20;

  /** What nobody waits for longer whom it does not concern. */
  private static final long AT_MOST_MILLIS = 2_000;

  /** Within this a refusal comes. */
  private static final long REFUSED_MILLIS = 1_000;

  private static final Duration PROBE = Duration.ofMillis(300);
  private static final Duration ANSWER = Duration.ofSeconds(2);

  /** With this each home commits at most 20 batches a second, on whatever machine. */
  private static final Duration COMMIT = Duration.ofMillis(50);

  /** Of these people so many are no more than a load, two on each node. */
  private static final int PEOPLE = 9;

  private static final int FLOODING = 6;
  private static final String OVERLOADED = "overloaded";

  /** What is taken in before the oldest has waited for 2 s may wait for more than 15 s. */
  private static final Set<String> EXPECTED = Set.of("", OVERLOADED, "unknown_outcome");

  /** How long what waits in the end may take, with all that has to be sent again. */
  private static final Duration DRAINED = Duration.ofMinutes(2);

  private static final Duration FLOOD = Duration.ofSeconds(60);
  private static final String LONG = "a long message ".repeat(200);

  private final Cluster cluster;

  OverloadTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @AfterEach
  void mend() throws Exception {
    cluster.mend();
  }

  /** So many rooms that each node is home of some, and their members, on all nodes in turn. */
  private List<ChatClient> people(String name, int count, List<String> rooms) throws Exception {
    List<String> users = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      users.add(name + "-" + i);
    }
    List<Integer> nodes = IntStream.range(0, cluster.size()).boxed().toList();
    Map<Integer, Integer> homes = new HashMap<>();
    while (rooms.size() < ROOMS_OF_HOME * nodes.size()) {
      String room = cluster.room(name + " " + rooms.size(), users.get(0), users);
      if (homes.merge(cluster.home(room, nodes), 1, Integer::sum) <= ROOMS_OF_HOME) {
        rooms.add(room);
      }
    }
    List<ChatClient> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clients.add(cluster.online(users.get(i), i % cluster.size()));
    }
    return clients;
  }

  private long residentBytes(List<Integer> nodes) throws Exception {
    long most = 0;
    for (int node : nodes) {
      most = Math.max(most, cluster.node(node).residentBytes());
    }
    return most;
  }

  private void assertBounded(long resident) {
    assertTrue(resident <= NODE_BYTES, () -> "a node has taken " + (resident >> 20) + " MB");
    for (NodeProcess node : cluster.nodes()) {
      assertEquals(0, node.said("OutOfMemoryError"), node::tail);
    }
  }

  private static void judge(List<ChatClient> clients, List<String> rooms, Chatter chatter)
      throws Exception {
    judge(clients, rooms, chatter, null);
  }

  private static void judge(
      List<ChatClient> clients, List<String> rooms, Chatter chatter, @Nullable Flood flood)
      throws Exception {
    assertEquals(List.of(), chatter.refused());
    for (String room : rooms) {
      Transcript history = clients.get(0).history(room);
      Checker checker = new Checker(history).acknowledged(chatter.acks(room)).rights().times();
      if (flood != null) {
        checker.acknowledged(flood.acks(room));
        for (ChatClient client : clients) {
          String user = client.user();
          checker.sent(user, flood.keys(room, user));
          checker.refused(user, flood.keys(room, user, OVERLOADED));
        }
      }
      for (ChatClient client : clients) {
        Await.until(client.user() + " has all", () -> client.tail(room) >= history.end());
        checker.saw(client.transcript(room)).sent(client.user(), chatter.keys(room, client.user()));
      }
      checker.assertClean();
    }
  }

  @Test
  void aStoppedEdgeCostsItsHomesBoundedMemoryAndDelaysNoOtherEdge() throws Exception {
    List<String> rooms = new ArrayList<>();
    List<ChatClient> clients = people("stop", 6, rooms);
    List<ChatClient> others = clients.stream().filter(c -> clients.indexOf(c) % 3 != 2).toList();
    List<String> elsewhere =
        rooms.stream().filter(room -> cluster.home(room, List.of(0, 1, 2)) != 2).toList();
    Chatter chatter = Chatter.start(others, elsewhere, TALK, LONG, 2_000);
    Await.until("talk has begun", () -> chatter.done().size() > 2 * TALK);
    double most = 0;
    double shrunk = 0;
    long resident = 0;
    long stopped = System.nanoTime();
    cluster.node(2).signal("STOP");
    try {
      while (System.nanoTime() - stopped < TimeUnit.SECONDS.toNanos(8)) {
        for (int i = 0; i < 2; i++) {
          most = Math.max(most, cluster.node(i).metric("hubbub_deliveries_waiting_bytes"));
          shrunk = Math.max(shrunk, cluster.node(i).metric("hubbub_deliveries_shrunk_total"));
        }
        resident = Math.max(resident, residentBytes(List.of(0, 1)));
        TimeUnit.MILLISECONDS.sleep(100);
      }
    } finally {
      cluster.node(2).signal("CONT");
    }
    long continued = System.nanoTime();
    int before = chatter.done().size();
    Await.until("they go on", () -> chatter.done().size() > before + 2 * TALK);
    chatter.stop(Await.PATIENCE);
    judge(clients, elsewhere, chatter);
    List<Chatter.Done> meanwhile =
        chatter.done().stream()
            .filter(done -> done.said() > stopped && done.said() < continued)
            .toList();
    long answered = longest(meanwhile, done -> done.answered() - done.said());
    long judged = System.nanoTime();
    long seen = 0;
    for (ChatClient other : others) {
      Map<String, Long> heard = heard(other);
      seen =
          Math.max(
              seen,
              longest(
                  meanwhile,
                  done ->
                      heard.getOrDefault(done.room() + done.ack().seq(), judged) - done.said()));
    }
    System.out.printf(
        "an edge stopped for 8 s: at most %.0f bytes wait for it, shrunk %.0f times, the other nodes"
            + " take at most %d MB; of %d messages the slowest was answered after %d ms and seen on"
            + " the other edges after %d ms%n",
        most, shrunk, resident >> 20, meanwhile.size(), answered, seen);
    assertTrue(meanwhile.size() > 2 * TALK, "too little was said meanwhile");
    assertTrue(shrunk > 0, "nothing was too much");
    assertTrue(most <= DELIVERY_BYTES, "more waits for the stopped edge than configured");
    assertTrue(answered < AT_MOST_MILLIS, "answers of others were delayed");
    assertTrue(seen < AT_MOST_MILLIS, "what others see was delayed");
    assertBounded(resident);
  }

  /** The longest time of any, in milliseconds. */
  private static long longest(List<Chatter.Done> all, ToLongFunction<Chatter.Done> nanos) {
    return all.stream().mapToLong(nanos).max().orElse(0) / 1_000_000;
  }

  /** When a client was told each entry, by room and number. */
  private static Map<String, Long> heard(ChatClient client) {
    Map<String, Long> heard = new HashMap<>();
    for (ChatClient.Heard event : client.events()) {
      if (event.json().containsKey("seq")) {
        heard.putIfAbsent(
            event.json().getString("conversation") + event.json().getLong("seq"), event.nanos());
      }
    }
    return heard;
  }

  @Test
  void aDrownedHomeMakesEdgesAnswerOverloadedAtOnceAndInOrderAndLosesNothing() throws Exception {
    String room = cluster.room("Drowned", "drown-a", List.of("drown-b"));
    ChatClient sender = cluster.online("drown-a", 0);
    ChatClient reader = cluster.online("drown-b", 1);
    Await.get(sender.send(room, "first", "before"));
    List<CompletableFuture<JsonObject>> stuck = new ArrayList<>();
    long slowest = 0;
    List<String> keys = new ArrayList<>();
    ConversationLock lock = ConversationLock.of(cluster.postgres(), List.of(room));
    try {
      for (int i = 0; i < 50; i++) {
        keys.add("stuck-" + i);
        stuck.add(once(sender, room, "stuck-" + i));
      }
      ChatClient prober = cluster.online("drown-b", 2);
      Await.until("the home has drowned", Duration.ofSeconds(4), () -> overloaded(prober, room));
      for (int i = 0; i < 50; i++) {
        keys.add("refused-" + i);
        long at = System.nanoTime();
        CompletableFuture<JsonObject> answer = once(sender, room, "refused-" + i);
        assertEquals(OVERLOADED, code(answer, ANSWER));
        slowest = Math.max(slowest, System.nanoTime() - at);
      }
    } finally {
      lock.close();
    }
    for (CompletableFuture<JsonObject> answer : stuck) {
      Await.get(answer);
    }
    // Later ones stay refused until the first of them comes again: none overtakes it.
    assertEquals(OVERLOADED, code(once(sender, room, "refused-1"), ANSWER));
    for (int i = 0; i < 50; i++) {
      Await.get(sender.send(room, "refused-" + i, "said once more"));
    }
    Transcript history = sender.history(room);
    Await.until("the reader has all", () -> reader.tail(room) == history.end());
    new Checker(history)
        .saw(reader.transcript(room))
        .saw(sender.transcript(room))
        .sent("drown-a", keys)
        .assertClean();
    assertEquals(101, history.messages().stream().filter(m -> m.from().equals("drown-a")).count());
    System.out.printf(
        "a drowned home: overloaded was answered within %d ms%n", slowest / 1_000_000);
    assertTrue(slowest < TimeUnit.SECONDS.toNanos(1), "overloaded came late");
  }

  private static boolean overloaded(ChatClient client, String room) throws Exception {
    return OVERLOADED.equals(code(once(client, room, "probe-" + System.nanoTime()), PROBE));
  }

  private static CompletableFuture<JsonObject> once(ChatClient client, String room, String key) {
    return client.ask(
        new JsonObject()
            .put("op", "send")
            .put("conversation", room)
            .put("key", key)
            .put("body", "said once"));
  }

  /** The code that it is refused with; nothing while it has no answer, or a good one. */
  private static String code(CompletableFuture<JsonObject> answer, Duration patience)
      throws Exception {
    try {
      answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return "";
    } catch (ExecutionException e) {
      return e.getCause() instanceof ChatException refused ? refused.code() : "";
    } catch (TimeoutException e) {
      return "";
    }
  }

  /**
   * The disk is slow, so that the homes' capacity is known and ten times as much is cheap to offer:
   * a machine that is short of processors would slow down those who offer it too.
   */
  @Test
  void tenTimesTheLoadForAMinuteAndBackLosesNothing() throws Exception {
    List<String> rooms = new ArrayList<>();
    List<ChatClient> clients = people("much", PEOPLE, rooms);
    cluster.postgres().slowCommits(COMMIT);
    double most = ROWS * cluster.size() * 1e3 / COMMIT.toMillis();
    double capacity = capacity(clients, rooms);
    Chatter talk = Chatter.start(clients.subList(FLOODING, PEOPLE), rooms, capacity / 20);
    long begin = System.nanoTime();
    Flood flood = Flood.start(clients.subList(0, FLOODING), rooms, 10 * most);
    long resident = 0;
    while (System.nanoTime() - begin < FLOOD.toNanos()) {
      resident = Math.max(resident, residentBytes(List.of(0, 1, 2)));
      TimeUnit.SECONDS.sleep(1);
    }
    flood.close();
    double served = (flood.acknowledged() + talk.done().size()) / (double) FLOOD.toSeconds();
    flood.stop(DRAINED);
    talk.stop(DRAINED);
    long drained = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) - FLOOD.toSeconds();
    judge(clients, rooms, talk, flood);
    long over = System.nanoTime();
    Chatter after = Chatter.start(clients, rooms, capacity / 4);
    Await.until("they go on", () -> after.done().size() > 2 * capacity);
    after.stop(Await.PATIENCE);
    List<Chatter.Done> later =
        after.done().stream()
            .filter(done -> done.said() - over > TimeUnit.SECONDS.toNanos(1))
            .toList();
    long longest = longest(later, done -> done.answered() - done.said());
    System.out.printf(
        "a flood of %.0f messages/s over a capacity of %.0f for a minute: %.0f/s acknowledged, all"
            + " answers %s, overloaded within %d ms (half), %d ms (9 of 10), %d ms (all), %d of %d"
            + " said by others acknowledged, nodes at most %d MB, drained after %d s, then the"
            + " longest wait was %d ms%n",
        flood.offered(),
        capacity,
        served,
        flood.codes(),
        flood.within(0.5, OVERLOADED),
        flood.within(0.9, OVERLOADED),
        flood.within(1, OVERLOADED),
        talk.done().size(),
        talk.said(),
        resident >> 20,
        drained,
        longest);
    assertTrue(flood.offered() >= 8 * Math.max(capacity, served), "it was not ten times as much");
    assertTrue(flood.codes().getOrDefault(OVERLOADED, 0) > 0, "nothing was refused");
    assertTrue(EXPECTED.containsAll(flood.codes().keySet()), () -> "told " + flood.codes());
    // No refusal waits for a home: only a pause of this machine can delay it, and one in ten may.
    assertTrue(flood.within(0.9, OVERLOADED) < REFUSED_MILLIS, "overloaded came late");
    assertEquals(talk.said(), talk.done().size(), "who keeps the rules gets everything done");
    assertBounded(resident);
    assertTrue(longest < AT_MOST_MILLIS, "it is not as before");
  }

  /** What is acknowledged in a second when as much is said as is answered. */
  private static double capacity(List<ChatClient> clients, List<String> rooms) throws Exception {
    Chatter chatter = Chatter.start(clients, rooms, 1e6, "short", 60);
    Await.until("warm", () -> chatter.done().size() > 120);
    int before = chatter.done().size();
    long begin = System.nanoTime();
    Await.until("some were answered", () -> chatter.done().size() >= before + 600);
    double perSecond = (chatter.done().size() - before) * 1e9 / (System.nanoTime() - begin);
    chatter.stop(Await.PATIENCE);
    return perSecond;
  }
}
