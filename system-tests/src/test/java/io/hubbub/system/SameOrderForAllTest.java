package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Checker;
import io.hubbub.system.client.Checker.Ack;
import io.hubbub.system.client.Transcript;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Promise 2: every participant sees a conversation's events in the same order. */
@ClusterTest
@Timeout(120)
class SameOrderForAllTest {
  private static final int CLIENTS = 12;
  private static final int ROOMS = 4;
  private static final int EACH = 50;

  private final Cluster cluster;

  SameOrderForAllTest(Cluster cluster) {
    this.cluster = cluster;
  }

  private record Sent(String from, String key, String body, CompletableFuture<JsonObject> answer) {}

  @Test
  void twelveClientsOnThreeNodesSeeTwoThousandFourHundredSendsAlike() throws Exception {
    List<String> users = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      users.add("order-" + i);
    }
    List<String> rooms = new ArrayList<>();
    for (int i = 0; i < ROOMS; i++) {
      rooms.add(cluster.room("Order " + i, users.get(0), users));
    }
    List<ChatClient> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(cluster.online(users.get(i), i % cluster.size()));
    }
    List<List<Sent>> sent = new ArrayList<>();
    long begin = System.nanoTime();
    for (String room : rooms) {
      List<Sent> inRoom = new ArrayList<>();
      sent.add(inRoom);
      for (int number = 0; number < EACH; number++) {
        for (ChatClient client : clients) {
          String key = client.user() + "/" + number;
          String body = text(client.user(), number);
          inRoom.add(new Sent(client.user(), key, body, client.send(room, key, body)));
        }
      }
    }
    for (int i = 0; i < ROOMS; i++) {
      check(rooms.get(i), clients, sent.get(i));
    }
    System.out.printf(
        "%d sends seen by %d clients in %d ms%n",
        CLIENTS * ROOMS * EACH, CLIENTS, (System.nanoTime() - begin) / 1_000_000);
  }

  private static void check(String room, List<ChatClient> clients, List<Sent> sent)
      throws Exception {
    List<Ack> acks = new ArrayList<>();
    for (Sent one : sent) {
      long seq = Await.get(one.answer()).getLong("seq");
      acks.add(new Ack(one.from(), one.key(), seq, one.body()));
    }
    long head = 1L + sent.size();
    Transcript history = clients.get(0).history(room);
    assertEquals(head, history.end());
    Checker checker = new Checker(history).acknowledged(acks);
    for (ChatClient client : clients) {
      Await.until(client.user() + " has all", () -> client.tail(room) == head);
      checker.saw(client.transcript(room));
      checker.sent(
          client.user(),
          sent.stream().filter(one -> one.from().equals(client.user())).map(Sent::key).toList());
      assertEquals(0, client.repeats(room), "entries that came twice");
      assertEquals(0, client.jumps(room), "entries that came too early");
      assertEquals(0, client.eventsBeforeAcks(), "entries before their acknowledgement");
    }
    checker.assertClean();
  }

  /** Quotes, line ends, emoji, control characters; and 60 KB now and then. */
  private static String text(String user, int number) {
    String text =
        user
            + " \"says\" \\ "
            + number
            + "\n\r\t\u2028 \u0001 </script> 👩‍👩‍👧‍👦 e\u0301 \uFFFD עברית";
    if (number % 25 != 7) {
      return text;
    }
    StringBuilder large = new StringBuilder(text);
    while (large.length() < 30_000) {
      large.append("é\"\\\n").append(large.length());
    }
    return large.toString();
  }
}
