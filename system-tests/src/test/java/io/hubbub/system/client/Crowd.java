package io.hubbub.system.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Clients spread over all nodes who talk in rooms that all of them are in, while things fail around
 * them, and who are judged at the end.
 */
public final class Crowd implements AutoCloseable {
  /**
   * How many messages may wait for their answer, so that sending again does not drown the nodes.
   */
  private static final int OPEN = 480;

  private final List<ChatClient> clients = new ArrayList<>();
  private final List<String> rooms = new ArrayList<>();
  private final Chatter chatter;

  private Crowd(Cluster cluster, String name, int people, int places, double perSecond)
      throws Exception {
    List<String> users = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      users.add(name + "-" + i);
    }
    for (int i = 0; i < places; i++) {
      rooms.add(cluster.room(name + " " + i, users.get(0), users));
    }
    for (int i = 0; i < people; i++) {
      clients.add(cluster.online(users.get(i), i % cluster.size()));
    }
    chatter = Chatter.start(clients, rooms, perSecond, "", OPEN);
    long some = clients.size() * (long) rooms.size();
    Await.until("talk has begun", () -> chatter.done().size() > some);
  }

  /** Gathers them and lets them talk, so many messages a second by all together. */
  public static Crowd talking(Cluster cluster, String name, double perSecond) throws Exception {
    return new Crowd(cluster, name, 6, 8, perSecond);
  }

  /** The clients. */
  public List<ChatClient> clients() {
    return clients;
  }

  /** The rooms. */
  public List<String> rooms() {
    return rooms;
  }

  /** What they say. */
  public Chatter chatter() {
    return chatter;
  }

  /**
   * Waits until everybody has had something acknowledged in every room that was said after a
   * moment.
   *
   * @return when the last of them had, after that moment
   */
  public Duration resumedAfter(long moment) throws Exception {
    int all = clients.size() * rooms.size();
    try {
      Await.until("everybody sends again in every room", () -> firstAnswers(moment).size() == all);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + ": " + state(moment), e);
    }
    long worst = firstAnswers(moment).values().stream().mapToLong(Long::longValue).max().orElse(0);
    return Duration.ofNanos(worst - moment);
  }

  private String state(long moment) {
    return "%d of %d, said %d, acknowledged %d, told %s, unanswered %s, online %s"
        .formatted(
            firstAnswers(moment).size(),
            clients.size() * rooms.size(),
            chatter.said(),
            chatter.done().size(),
            temporaryErrors(),
            clients.stream().map(ChatClient::unanswered).toList(),
            clients.stream().map(ChatClient::online).toList());
  }

  private Map<String, Long> firstAnswers(long moment) {
    Map<String, Long> first = new HashMap<>();
    for (Chatter.Done done : chatter.done()) {
      if (done.said() > moment) {
        first.merge(done.room() + done.ack().from(), done.answered(), Math::min);
      }
    }
    return first;
  }

  /** Lets them talk on for a while that is measured in messages. */
  public void goOn(int messages) throws Exception {
    int before = chatter.done().size();
    Await.until("they go on", () -> chatter.done().size() >= before + messages);
  }

  /** The temporary errors that they were told, by code. */
  public Map<String, Integer> temporaryErrors() {
    Map<String, Integer> all = new TreeMap<>();
    for (ChatClient client : clients) {
      client.told().temporary().forEach((code, count) -> all.merge(code, count, Integer::sum));
    }
    return all;
  }

  /** How many of their messages were acknowledged as done before. */
  public int duplicates() {
    return clients.stream().mapToInt(client -> client.told().duplicates()).sum();
  }

  /** The longest time that any command of theirs waited for a reply, in milliseconds. */
  public long slowestReplyMillis() {
    return clients.stream().mapToLong(client -> client.told().slowestMillis()).max().orElse(0);
  }

  /** How often a connection of theirs ended. */
  public int closings() {
    int closings = 0;
    for (ChatClient client : clients) {
      for (ChatClient.Heard heard : client.events()) {
        closings += "closed".equals(heard.json().getString("ev")) ? 1 : 0;
      }
    }
    return closings;
  }

  /**
   * Ends the talk and judges it: everything said has its final answer, and in every room there is
   * no hole, one entry for each key, no time that falls, every acknowledgement is true, each
   * sender's order is kept, and all have seen the same.
   */
  public void stopAndJudge() throws Exception {
    chatter.stop(Await.PATIENCE);
    assertEquals(List.of(), chatter.refused());
    assertEquals(0, clients.stream().mapToInt(ChatClient::unanswered).sum());
    for (String room : rooms) {
      Await.until("all clients are online", () -> clients.stream().allMatch(ChatClient::online));
      Transcript history = clients.get(0).history(room);
      Checker checker = new Checker(history).times().acknowledged(chatter.acks(room));
      Set<String> keys = new HashSet<>();
      history.messages().forEach(entry -> keys.add(entry.key()));
      for (ChatClient client : clients) {
        Await.until(client.user() + " has all", () -> client.tail(room) == history.end());
        List<String> said = chatter.keys(room, client.user());
        checker.saw(client.transcript(room)).sent(client.user(), said);
        assertEquals(true, keys.containsAll(said), client.user() + " lacks something it said");
        assertEquals(List.of(), client.events("reset", room), "the log never went back");
      }
      checker.assertClean();
    }
  }

  @Override
  public void close() {
    chatter.close();
    clients.forEach(ChatClient::close);
  }
}
