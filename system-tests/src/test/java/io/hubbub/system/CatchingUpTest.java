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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who was away gets everything missed, once and in order, while others talk on; promise 2. */
@ClusterTest
@Timeout(600)
class CatchingUpTest {
  private static final int RATE = 1_000;
  private static final int MISSED = 1_500;
  private static final int ROUNDS = 6;
  private static final long SEED = 20260;

  private final Cluster cluster;

  CatchingUpTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void awayForFifteenHundredMessagesWhileOthersTalkAtAThousandASecond() throws Exception {
    catchUp(ROUNDS, SEED);
  }

  @Test
  @Tag("slow")
  void soItIsForManyOtherPauses() throws Exception {
    for (int seed = 1; seed <= 3; seed++) {
      catchUp(4 * ROUNDS, seed);
      cluster.closeClients();
    }
  }

  private void catchUp(int rounds, long seed) throws Exception {
    List<String> users = List.of("talk-0", "talk-1", "talk-2", "talk-3", "away");
    String room = cluster.room("Talk", "talk-0", users);
    List<ChatClient> talkers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      talkers.add(cluster.online("talk-" + i, i % cluster.size()));
    }
    ChatClient away = cluster.client("away", 0).staysAway();
    Await.get(away.connect());
    Random random = new Random(seed);
    Chatter chatter = Chatter.start(talkers, List.of(room), RATE);
    long begin = System.nanoTime();
    for (int round = 1; round <= rounds; round++) {
      Await.until("live", () -> lag(talkers.get(0), away, room) < RATE / 2);
      away.drop();
      long left = away.tail(room);
      Await.until("missed enough", () -> talkers.get(0).tail(room) >= left + MISSED);
      away.next(round);
      pauses(away, room, random);
      Await.get(away.connect());
      Await.until(
          "caught up",
          () -> away.tail(room) >= left + MISSED && lag(talkers.get(0), away, room) < RATE / 2);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    chatter.stop(Await.PATIENCE);
    assertEquals(List.of(), chatter.refused());
    Transcript history = talkers.get(0).history(room);
    Checker checker = new Checker(history).acknowledged(chatter.acks(room));
    List<ChatClient> all = new ArrayList<>(talkers);
    all.add(away);
    for (ChatClient client : all) {
      Await.until(client.user() + " has all", () -> client.tail(room) == history.end());
      checker.saw(client.transcript(room)).sent(client.user(), chatter.keys(room, client.user()));
      assertEquals(0, client.repeats(room), "entries that came twice to " + client.user());
      assertEquals(0, client.jumps(room), "entries that came too early to " + client.user());
    }
    checker.assertClean();
    System.out.printf(
        "%d rounds of catching up beside %.0f messages/s, %d in all%n",
        rounds, chatter.done().size() / seconds, history.end());
  }

  private static long lag(ChatClient talker, ChatClient away, String room) {
    return talker.tail(room) - away.tail(room);
  }

  /** Makes the client stop reading for random times at random entries on its way back. */
  private static void pauses(ChatClient away, String room, Random random) {
    AtomicLong next = new AtomicLong(away.tail(room) + random.nextInt(MISSED));
    away.listen(
        event -> {
          if (away.tail(room) >= next.get()) {
            next.addAndGet(100 + random.nextInt(MISSED));
            away.stopReading();
            Thread later = new Thread(() -> readOn(away, random.nextInt(80)));
            later.start();
          }
        });
  }

  private static void readOn(ChatClient away, int millis) {
    try {
      // A pause of the client's own, nothing is waited for.
      boolean never = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
      assertTrue(!never);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    away.startReading();
  }
}
