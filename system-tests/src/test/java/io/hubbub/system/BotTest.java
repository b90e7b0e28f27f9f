package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Transcript;
import io.hubbub.system.client.Transcript.Seen;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.BusMember;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.hubbub.system.harness.NodeProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example bot in a process of its own answers exactly once, whoever is killed. */
@ClusterTest(own = true)
@Timeout(300)
class BotTest {
  private static final String BOT = "welcome-bot";
  private static final int PHASE = 100;
  private static final long PERIOD_MILLIS = 20;

  private final Cluster cluster;

  BotTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void everyPingIsAnsweredOnceThroughTheKillOfTheHomeAndOfTheBot(@TempDir Path dir)
      throws Exception {
    Path position = dir.resolve("position");
    String room = cluster.room("Pings", "bot-asker", List.of(BOT));
    cluster.known(List.of("bot-late"));
    int home = home(room);
    ChatClient asker = cluster.online("bot-asker", (home + 1) % cluster.size());
    NodeProcess bot = bot(room, position);
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try {
      bot.await("following", () -> Files.exists(position));
      AtomicInteger asked = new AtomicInteger();
      timer.scheduleAtFixedRate(
          () -> ping(asker, room, asked.getAndIncrement()),
          0,
          PERIOD_MILLIS,
          TimeUnit.MILLISECONDS);
      NodeProcess first = bot;
      Await.until("talk has begun", () -> pongs(asker, room).size() > PHASE);

      long before = kept(position);
      cluster.node(home).kill();
      int then = pongs(asker, room).size();
      Await.until("it goes on answering", () -> pongs(asker, room).size() > then + PHASE);
      first.await("keeping how far it has come", () -> kept(position) > before + PHASE);

      bot.kill();
      int missed = asked.get() + PHASE;
      Await.until("it is missed", () -> asked.get() > missed);
      cluster
          .rest((home + 1) % cluster.size(), "bot-asker")
          .post(
              "/v1/rooms/" + room + "/members",
              new JsonObject().put("users", new JsonArray().add("bot-late")));
      bot = bot(room, position);
      NodeProcess second = bot;
      int last = pongs(asker, room).size();
      second.await("answering again", () -> pongs(asker, room).size() > last + 2 * PHASE);

      timer.shutdownNow();
      assertTrue(timer.awaitTermination(10, TimeUnit.SECONDS));
      Await.until("all is said", () -> asker.unanswered() == 0);
      second.await("done", () -> pongs(asker, room).size() >= pings(asker.transcript(room)).size());
      second.await("keeping the end", () -> kept(position) >= asker.tail(room));
      judge(asker.history(room), asked.get());

      bot.terminate();
      bot.exitCode(Await.PATIENCE);
      judge(asker.history(room), asked.get());
    } finally {
      timer.shutdownNow();
      bot.close();
    }
    cluster.restart(home);
  }

  /** The home of a room by what a member of the cluster computes. */
  private int home(String room) throws Exception {
    try (BusMember member = BusMember.join(cluster, "looker")) {
      return member.home(UUID.fromString(room));
    }
  }

  private NodeProcess bot(String room, Path position) throws Exception {
    List<String> arguments = new ArrayList<>(cluster.membership(0));
    arguments.addAll(List.of("--room=" + room, "--as=" + BOT, "--position.file=" + position));
    return NodeProcess.start(BOT, "io.hubbub.examples.welcome.WelcomeBot", arguments);
  }

  private static void ping(ChatClient asker, String room, int number) {
    // What has no answer yet when a node is lost is sent again by the client.
    asker.send(room, "ping-" + number, number % 2 == 0 ? "!ping" : "just talk");
  }

  private static long kept(Path position) throws Exception {
    return Long.parseLong(Files.readString(position).strip().split(" ", 2)[1]);
  }

  private static List<Seen> pings(Transcript seen) {
    return seen.messages().stream().filter(entry -> entry.body().equals("!ping")).toList();
  }

  private static List<Seen> pongs(ChatClient asker, String room) {
    return asker.transcript(room).messages().stream()
        .filter(entry -> entry.from().equals(BOT) && entry.body().startsWith("pong"))
        .toList();
  }

  private static void judge(Transcript history, int asked) {
    assertEquals(asked / 2 + asked % 2, pings(history).size());
    assertEquals(
        pings(history).stream().map(ping -> "pong to " + ping.seq()).toList(),
        history.messages().stream()
            .filter(entry -> entry.from().equals(BOT) && entry.body().startsWith("pong"))
            .map(Seen::body)
            .toList());
    assertEquals(
        1,
        history.messages().stream()
            .filter(entry -> entry.body().equals("Welcome, bot-late!"))
            .count());
  }
}
