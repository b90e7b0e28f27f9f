package io.hubbub.system.client;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The entries of one conversation as somebody saw them, in the order they came.
 *
 * @param who saw them
 * @param start the number after which it begins
 * @param entries what was seen
 */
public record Transcript(String who, long start, List<Seen> entries) {
  /**
   * An entry.
   *
   * @param seq its number
   * @param ev its kind
   * @param from who made it
   * @param at when, epoch milliseconds of the database
   * @param key the key it was made with; empty where it has none
   * @param body its text; empty where it has none
   * @param users whom it names
   */
  public record Seen(
      long seq, String ev, String from, long at, String key, String body, List<String> users) {
    /** A message of a log whose clock goes with its numbers, a second each. */
    public static Seen message(long seq, String from, String key, String body) {
      return new Seen(seq, "message", from, seq * 1_000, key, body, List.of());
    }
  }

  /** Of the protocol's objects. */
  static Transcript of(String who, long start, List<JsonObject> entries) {
    return new Transcript(who, start, entries.stream().map(Transcript::seen).toList());
  }

  private static Seen seen(JsonObject entry) {
    return new Seen(
        entry.getLong("seq"),
        entry.getString("ev"),
        entry.getString("from", ""),
        entry.getLong("at", 0L),
        entry.getString("key", ""),
        entry.getString("body", ""),
        entry.getJsonArray("users", new JsonArray()).stream().map(String::valueOf).toList());
  }

  /** The number of the last entry. */
  public long end() {
    return entries.isEmpty() ? start : entries.get(entries.size() - 1).seq();
  }

  /** The messages alone. */
  public List<Seen> messages() {
    return entries.stream().filter(entry -> entry.ev().equals("message")).toList();
  }
}
