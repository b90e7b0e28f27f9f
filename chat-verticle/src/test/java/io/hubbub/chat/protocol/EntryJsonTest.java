package io.hubbub.chat.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.hubbub.api.log.Entry;
import io.hubbub.api.log.Kind;
import io.hubbub.api.query.ConversationRow;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Entries and rows have exactly the fields that the protocol names. */
class EntryJsonTest {
  private static final UUID ROOM = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");

  @Property
  void anyMessageComesBack(
      @ForAll @LongRange(min = 1) long seq,
      @ForAll @LongRange(min = 0) long at,
      @ForAll @LongRange(min = 0) long thread,
      @ForAll String from,
      @ForAll String body) {
    JsonObject expected = head("message", seq, clean(from), at).put("body", clean(body));
    if (thread > 0) {
      expected.put("thread", thread);
    }
    Entry entry = new Entry(seq, Kind.MESSAGE, clean(from), at, "k", 0, thread, clean(body), null);
    assertEquals(expected, json(entry));
  }

  @Test
  void aMessageReadFromHistoryHasItsState() {
    Entry.State state = new Entry.State(7, true, false, Map.of("👍", List.of("alice", "bo\"b")));
    assertEquals(
        head("message", 3, "alice", 5)
            .put("body", "text")
            .put("rev", 7L)
            .put("edited", true)
            .put(
                "reactions", new JsonObject().put("👍", new JsonArray().add("alice").add("bo\"b"))),
        json(new Entry(3, Kind.MESSAGE, "alice", 5, "k", 0, 0, "text", state)));
    assertEquals(
        head("message", 3, "alice", 5).put("body", "").put("rev", 8L).put("deleted", true),
        json(
            new Entry(
                3,
                Kind.MESSAGE,
                "alice",
                5,
                "k",
                0,
                0,
                null,
                new Entry.State(8, false, true, Map.of()))));
  }

  @Test
  void changesNameTheirTarget() {
    assertEquals(
        head("edited", 4, "alice", 5).put("target", 2L).put("body", "new"),
        json(entry(Kind.EDITED, 2, "new")));
    assertEquals(
        head("deleted", 4, "alice", 5).put("target", 2L), json(entry(Kind.DELETED, 2, null)));
    assertEquals(
        head("reacted", 4, "alice", 5).put("target", 2L).put("emoji", "👍").put("on", true),
        json(entry(Kind.REACTED_ON, 2, "👍")));
    assertEquals(
        head("reacted", 4, "alice", 5).put("target", 2L).put("emoji", "👍").put("on", false),
        json(entry(Kind.REACTED_OFF, 2, "👍")));
    assertEquals(head("cancelled", 4, "alice", 5), json(entry(Kind.CANCELLED, 0, null)));
  }

  @Test
  void whatHappensToAConversationHasATextToShow() {
    assertEquals(
        head("created", 4, "alice", 5)
            .put("kind", "room")
            .put("name", "Lunch")
            .put("users", new JsonArray().add("alice"))
            .put("fallback", "alice created “Lunch”"),
        json(
            entry(
                Kind.CREATED, 0, "{\"kind\":\"room\",\"name\":\"Lunch\",\"users\":[\"alice\"]}")));
    assertEquals(
        head("created", 4, "alice", 5)
            .put("kind", "direct")
            .put("fallback", "alice began the conversation"),
        json(entry(Kind.CREATED, 0, "{\"kind\": \"direct\", \"name\": null}")));
    assertEquals("alice joined", fallback(Kind.JOINED, "[\"alice\"]"));
    assertEquals("alice added bob and carol", fallback(Kind.JOINED, "[\"bob\", \"carol\"]"));
    assertEquals("alice left", fallback(Kind.LEFT, "[\"alice\"]"));
    assertEquals(
        "alice removed b, c and 2 others", fallback(Kind.LEFT, "[\"b\",\"c\",\"d\",\"e\"]"));
    assertEquals("alice named it “Dinner”", fallback(Kind.RENAMED, "Dinner"));
    assertEquals(
        "alice made bob an owner", fallback(Kind.ROLE, "{\"user\":\"bob\",\"role\":\"owner\"}"));
    assertEquals(
        new JsonArray().add("bob"), json(entry(Kind.JOINED, 0, "[\"bob\"]")).getJsonArray("users"));
  }

  @Test
  void aBodyThatIsNotWhatItShouldBeSpoilsNoLine() {
    assertEquals(new JsonArray(), json(entry(Kind.JOINED, 0, "{nonsense")).getJsonArray("users"));
    assertEquals("room", json(entry(Kind.CREATED, 0, "[1")).getString("kind"));
  }

  @Test
  void rowsLeaveOutWhatThereIsNot() {
    JsonOut out = new JsonOut();
    RowJson.write(
        out, new ConversationRow(ROOM, false, "Lunch", null, 1, 9, 5, 7, 2, null, false, 3));
    assertEquals(
        new JsonObject()
            .put("id", ROOM.toString())
            .put("kind", "room")
            .put("name", "Lunch")
            .put("first", 1L)
            .put("head", 9L)
            .put("at", 5L)
            .put("read", 7L)
            .put("unread", 2L),
        longs(new JsonObject(out.toBuffer())));
    out.clear();
    Entry last = entry(Kind.MESSAGE, 0, "text");
    RowJson.write(out, new ConversationRow(ROOM, true, null, "bob", 1, 9, 5, 7, 2, last, true, 2));
    JsonObject row = new JsonObject(out.toBuffer());
    assertEquals("bob", row.getString("with"));
    assertEquals("direct", row.getString("kind"));
    assertEquals(true, row.getBoolean("left"));
    assertFalse(row.containsKey("name"));
    assertEquals(json(last), longs(row.getJsonObject("last")));
  }

  private static Entry entry(Kind kind, long target, @Nullable String body) {
    return new Entry(4, kind, "alice", 5, "k", target, 0, body, null);
  }

  private static @Nullable String fallback(Kind kind, String body) {
    return json(entry(kind, 0, body)).getString("fallback");
  }

  private static JsonObject head(String ev, long seq, String from, long at) {
    return new JsonObject()
        .put("ev", ev)
        .put("conversation", ROOM.toString())
        .put("seq", seq)
        .put("from", from)
        .put("at", at)
        .put("key", "k");
  }

  private static JsonObject json(Entry entry) {
    JsonOut out = new JsonOut();
    EntryJson.write(out, ROOM, entry);
    String text = out.toBuffer().toString();
    assertFalse(text.contains("\n"));
    return longs(new JsonObject(text));
  }

  /** The parser makes ints of small numbers. */
  private static JsonObject longs(JsonObject object) {
    object
        .getMap()
        .replaceAll((name, value) -> value instanceof Integer i ? (Object) i.longValue() : value);
    return object;
  }

  private static String clean(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
