package io.hubbub.system.soak;

import io.hubbub.system.client.ChatClient;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who says each thing once and never again, whatever the answer: nothing of it may appear
 * long after.
 */
final class OneShots {
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ChatClient client;
  private final List<String> rooms;
  private final Map<String, Map<String, Long>> said = new HashMap<>();
  private long count;

  private OneShots(ChatClient client, List<String> rooms) {
    this.client = client;
    this.rooms = List.copyOf(rooms);
  }

  /** Begins: something every so many milliseconds. */
  static OneShots start(ChatClient client, List<String> rooms, long everyMillis) {
    OneShots shots = new OneShots(client, rooms);
    shots.timer.scheduleAtFixedRate(shots::say, 0, everyMillis, TimeUnit.MILLISECONDS);
    return shots;
  }

  private synchronized void say() {
    String room = rooms.get((int) (count % rooms.size()));
    String key = "once-" + count++;
    said.computeIfAbsent(room, any -> new HashMap<>()).put(key, System.currentTimeMillis());
    client.ask(
        new JsonObject()
            .put("op", "send")
            .put("conversation", room)
            .put("key", key)
            .put("body", "said once"));
  }

  /** What was said in a room, by key, and when. */
  synchronized Map<String, Long> said(String room) {
    return Map.copyOf(said.getOrDefault(room, Map.of()));
  }

  /** Who says it. */
  String user() {
    return client.user();
  }

  /** Says nothing more. */
  void stop() {
    timer.shutdown();
  }
}
