package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Chatter;
import io.hubbub.system.client.Checker;
import io.hubbub.system.client.Transcript;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node that is killed under load takes nothing with it; promises 1 and 2. */
@ClusterTest(own = true)
@Timeout(600)
class KilledNodeTest {
  private static final int CLIENTS = 6;
  private static final int ROOMS = 8;
  private static final int RATE = 300;
  private static final Duration RECOVERED = Duration.ofSeconds(10);

  private final Cluster cluster;

  KilledNodeTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void afterAKillSendsSucceedWithinTenSecondsAndNothingAcknowledgedIsLost() throws Exception {
    kill(1, "kill");
  }

  @Test
  @Tag("slow")
  void soItIsWhicheverNodeIsKilledAndHoweverOften() throws Exception {
    for (int round = 0; round < 2 * cluster.size(); round++) {
      kill(round % cluster.size(), "kills-" + round);
      cluster.closeClients();
    }
  }

  private void kill(int node, String name) throws Exception {
    List<String> users = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      users.add(name + "-" + i);
    }
    List<String> rooms = new ArrayList<>();
    for (int i = 0; i < ROOMS; i++) {
      rooms.add(cluster.room("Kill " + i, users.get(0), users));
    }
    List<ChatClient> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(cluster.online(users.get(i), i % cluster.size()));
    }
    Chatter chatter = Chatter.start(clients, rooms, RATE);
    Await.until("talk has begun", () -> chatter.done().size() > 2 * RATE);
    long killed = System.nanoTime();
    cluster.node(node).kill();
    Await.until(
        "every client's later sends succeed in every room",
        () -> firstAnswers(chatter, killed).size() == CLIENTS * ROOMS);
    long worst = firstAnswers(chatter, killed).stream().mapToLong(Long::longValue).max().orElse(0);
    int before = chatter.done().size();
    Await.until("they go on", () -> chatter.done().size() > before + 2 * RATE);
    chatter.stop(Await.PATIENCE);
    System.out.printf(
        "killed under load: every client's sends succeed in every room after %d ms, the longest"
            + " time without any acknowledgement was %d ms, %d acknowledged%n",
        worst / 1_000_000, silence(chatter, killed) / 1_000_000, chatter.done().size());
    assertEquals(List.of(), chatter.refused());
    assertEquals(0, clients.stream().mapToInt(ChatClient::unanswered).sum());
    for (String room : rooms) {
      judge(room, clients, chatter);
    }
    assertTrue(worst < RECOVERED.toNanos(), () -> "recovered after " + worst / 1_000_000 + " ms");
    cluster.restart(node);
  }

  private static void judge(String room, List<ChatClient> clients, Chatter chatter)
      throws Exception {
    Transcript history = clients.get(0).history(room);
    Checker checker = new Checker(history).acknowledged(chatter.acks(room));
    for (ChatClient client : clients) {
      Await.until(client.user() + " has all", () -> client.tail(room) == history.end());
      checker.saw(client.transcript(room)).sent(client.user(), chatter.keys(room, client.user()));
    }
    checker.assertClean();
  }

  /** For each client and room, when what was said after a moment was first acknowledged. */
  private static List<Long> firstAnswers(Chatter chatter, long moment) {
    return chatter.done().stream()
        .filter(done -> done.said() > moment)
        .collect(
            Collectors.groupingBy(
                done -> done.room() + done.ack().from(),
                Collectors.mapping(
                    done -> done.answered() - moment, Collectors.minBy(Long::compare))))
        .values()
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** The longest time after a moment in which nobody was answered at all. */
  private static long silence(Chatter chatter, long moment) {
    long last = moment;
    long longest = 0;
    for (long at : chatter.done().stream().mapToLong(Chatter.Done::answered).sorted().toArray()) {
      if (at > moment) {
        longest = Math.max(longest, at - last);
        last = at;
      }
    }
    return longest;
  }
}
