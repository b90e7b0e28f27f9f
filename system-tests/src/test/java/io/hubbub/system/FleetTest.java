package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.Bystanders;
import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Chatter;
import io.hubbub.system.client.Checker;
import io.hubbub.system.client.Rest;
import io.hubbub.system.client.Transcript;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.hubbub.system.harness.Nginx;
import io.hubbub.system.harness.NodeProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Behind nginx, with 2,000 clients connected, nodes are renewed, added and taken away. */
@ClusterTest(
    own = true,
    nodes = 4,
    settings = {
      "--http.proxies=127.0.0.1",
      "--cluster.expected=1",
      "--balance.every=1s",
      "--balance.share=20",
      "--balance.settle=20s"
    })
@Tag("slow")
@Timeout(400)
class FleetTest {
  private static final int CROWD = 2_000;
  private static final int TALKERS = 12;
  private static final int RATE = 50;
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Duration BALANCED = Duration.ofSeconds(90);

  private final Cluster cluster;

  FleetTest(Cluster cluster) {
    this.cluster = cluster;
  }

  private List<Integer> sessions() throws Exception {
    List<Integer> all = new ArrayList<>();
    for (NodeProcess node : cluster.nodes()) {
      all.add(node.alive() ? (int) node.metric("hubbub_sessions") : 0);
    }
    return all;
  }

  /** Slots of conversations and of users for each node in view. */
  private String slots() throws Exception {
    JsonArray nodes =
        cluster.admin(0).get("/v1/admin/nodes").expect(200).json().getJsonArray("nodes");
    return ChatClient.objects(nodes).stream()
        .map(node -> node.getJsonObject("slots", new JsonObject()))
        .map(slots -> slots.getInteger("history", 0) + "/" + slots.getInteger("presence", 0))
        .sorted()
        .toList()
        .toString();
  }

  private void stop(int index) throws Exception {
    cluster.node(index).terminate();
    assertEquals(0, cluster.node(index).exitCode(GRACE));
  }

  private List<Integer> ports(int count) {
    return IntStream.range(0, count).mapToObj(i -> cluster.node(i).port()).toList();
  }

  @Test
  void aRollingRestartAndScalingLoseNothingAndAreHardlyNoticed() throws Exception {
    stop(3);
    List<String> users = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      users.add("bystander-" + i);
    }
    try (Nginx nginx = Nginx.before(ports(3));
        Bystanders crowd =
            Bystanders.coming(nginx.https(), nginx.certificate(), users, cluster::token)) {
      Await.until("all are there", BALANCED, () -> crowd.there() == CROWD);
      List<ChatClient> talkers = new ArrayList<>();
      List<String> names = IntStream.range(0, TALKERS).mapToObj(i -> "talker-" + i).toList();
      String room = cluster.room("Fleet", names.get(0), names);
      for (String name : names) {
        ChatClient client = cluster.client(name, 0).goesTo(nginx::https);
        Await.get(client.connect());
        talkers.add(client);
      }
      System.out.println("three nodes have " + sessions() + " sessions and slots " + slots());
      Chatter chatter = Chatter.start(talkers, List.of(room), RATE);
      goOn(chatter);
      try (Reads reads = Reads.of(new Rest(nginx.https(), cluster.token(names.get(0))))) {
        rollingRestart(crowd);
        goOn(chatter);
        scale(crowd, nginx);
        goOn(chatter);
        assertEquals(List.of(), reads.failed(), "of " + reads.count());
        System.out.println(reads.count() + " reads over REST, all answered");
      }
      chatter.stop(Await.PATIENCE);
      judge(chatter, talkers, room);
    }
  }

  private void rollingRestart(Bystanders crowd) throws Exception {
    int before = crowd.connections();
    for (int i = 0; i < 3; i++) {
      stop(i);
      cluster.restart(i);
    }
    Await.until("all are there again", () -> crowd.there() == CROWD);
    double moves = (crowd.connections() - before) / (double) CROWD;
    System.out.printf(
        "three nodes restarted: each client came back %.2f times, %d attempts in vain, now %s%n",
        moves, crowd.failures(), sessions());
    assertTrue(moves <= 1.5, () -> "each client came back " + moves + " times");
  }

  private void scale(Bystanders crowd, Nginx nginx) throws Exception {
    stop(2);
    Await.until("all are at two nodes", () -> crowd.there() == CROWD);
    System.out.println("two nodes have " + sessions() + " sessions and slots " + slots());
    int before = crowd.connections();
    cluster.restart(2);
    cluster.restart(3);
    nginx.serve(ports(4));
    long from = System.nanoTime();
    Await.until(
        "four nodes have about as many sessions each",
        BALANCED,
        () ->
            sessions().stream().allMatch(each -> each > CROWD / 4 * 0.8 && each < CROWD / 4 * 1.2));
    System.out.printf(
        "four nodes have %s sessions after %d s, slots %s, %.2f moves a client%n",
        sessions(),
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - from),
        slots(),
        (crowd.connections() - before) / (double) CROWD);
    nginx.serve(ports(2));
    stop(3);
    stop(2);
    Await.until("all are at two nodes again", () -> crowd.there() == CROWD);
    System.out.println("two nodes have " + sessions() + " sessions and slots " + slots());
  }

  private static void goOn(Chatter chatter) throws Exception {
    int before = chatter.done().size();
    Await.until("they go on", () -> chatter.done().size() > before + 2 * RATE);
  }

  private static void judge(Chatter chatter, List<ChatClient> talkers, String room)
      throws Exception {
    assertEquals(List.of(), chatter.refused());
    long[] waits =
        chatter.done().stream()
            .mapToLong(done -> (done.answered() - done.said()) / 1_000_000)
            .sorted()
            .toArray();
    long p99 = waits[waits.length * 99 / 100];
    System.out.printf(
        "%d messages acknowledged, p99 %d ms, longest %d ms%n",
        waits.length, p99, waits[waits.length - 1]);
    assertTrue(p99 < 2_000, () -> "p99 of sends is " + p99 + " ms");
    Transcript history = talkers.get(0).history(room);
    Checker checker = new Checker(history).acknowledged(chatter.acks(room));
    for (ChatClient client : talkers) {
      Await.until(client.user() + " has all", () -> client.tail(room) == history.end());
      checker.saw(client.transcript(room)).sent(client.user(), chatter.keys(room, client.user()));
    }
    checker.assertClean();
  }
}
