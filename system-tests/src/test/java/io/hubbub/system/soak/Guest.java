package io.hubbub.system.soak;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.ChatException;
import io.hubbub.system.harness.Cluster;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who is added and removed all the time and goes on talking: what is refused must not be
 * there, and nothing may come while the log says that they are out.
 */
final class Guest implements AutoCloseable {
  private static final long STEP_MILLIS = 150;

  private final Cluster cluster;
  private final String owner;
  private final ChatClient client;
  private final List<String> rooms;
  private final Random random;
  private final Thread thread = new Thread(this::live, "guest");
  private final Map<String, List<String>> refused = new HashMap<>();
  private volatile boolean over;
  private long count;

  private Guest(
      Cluster cluster, String owner, ChatClient client, List<String> rooms, Random random) {
    this.cluster = cluster;
    this.owner = owner;
    this.client = client;
    this.rooms = List.copyOf(rooms);
    this.random = random;
  }

  /** Begins to come and go; a member of all rooms now. */
  static Guest start(
      Cluster cluster, String owner, ChatClient client, List<String> rooms, Random random) {
    Guest guest = new Guest(cluster, owner, client, rooms, random);
    guest.thread.start();
    return guest;
  }

  private void live() {
    while (!over) {
      try {
        String room = rooms.get(random.nextInt(rooms.size()));
        if (random.nextInt(4) == 0) {
          move(room, random.nextBoolean());
        }
        say(room);
        TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
      } catch (IOException | RuntimeException awayJustNow) {
        // The node or the database is away; whether it was done, the log will tell.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void move(String room, boolean in) throws IOException, InterruptedException {
    int node = random.nextInt(cluster.size());
    String members = "/v1/rooms/" + room + "/members";
    if (in) {
      JsonObject users = new JsonObject().put("users", new JsonArray().add(client.user()));
      cluster.rest(node, owner).post(members, users);
    } else {
      cluster.rest(node, owner).delete(members + "/" + client.user());
    }
  }

  private void say(String room) {
    String key = "guest-" + count++;
    client
        .ask(
            new JsonObject()
                .put("op", "send")
                .put("conversation", room)
                .put("key", key)
                .put("body", "a guest's"))
        .whenComplete((ok, failure) -> told(room, key, failure));
  }

  private synchronized void told(
      String room, String key, @org.jspecify.annotations.Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof ChatException error && !error.temporary()) {
      refused.computeIfAbsent(room, any -> new ArrayList<>()).add(key);
    }
  }

  /** Who it is. */
  ChatClient client() {
    return client;
  }

  /** The keys that were refused for good in a room. */
  synchronized List<String> refused(String room) {
    return List.copyOf(refused.getOrDefault(room, List.of()));
  }

  /** Says nothing more. */
  void stop() {
    over = true;
    thread.interrupt();
  }

  @Override
  public void close() {
    stop();
  }
}
