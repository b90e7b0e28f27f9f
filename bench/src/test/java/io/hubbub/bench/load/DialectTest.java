package io.hubbub.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients must see: every dialect reads the same messages, and none lets a hole pass. */
class DialectTest {
  private static final UUID ROOM = UUID.fromString("0c1e2f3a-4b5c-4d6e-8f70-8192a3b4c5d6");
  private static final String KEY = "01890000-0000-7000-8000-000000000001";

  private final Tally tally = new Tally();
  private int own;

  private record Spoken(String name, Dialect dialect, LongFunction<String> message) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Spoken> spoken() {
    return List.of(
        new Spoken("hubbub", HubbubDialect.bare(), number -> line(number, "u0")),
        new Spoken(
            "Socket.IO",
            new SocketIoDialect(user -> ""),
            number -> "42[\"message\"," + line(number, "u0") + "]"));
  }

  private Client client(Dialect dialect) {
    Play play =
        new Play() {
          @Override
          public void ready(Client client) {}

          @Override
          public void own(Client client) {
            own++;
          }

          @Override
          public void failed(Client client, String what) {}
        };
    World.Room room = new World.Room(ROOM, false, List.of(0, 1));
    return new Client(0, List.of(room), dialect, play, tally, true);
  }

  private static String line(long number, String from) {
    return "{\"ev\":\"message\",\"conversation\":\""
        + ROOM
        + "\",\"seq\":"
        + number
        + ",\"from\":\""
        + from
        + "\",\"at\":1700000000000,\"key\":\""
        + KEY
        + "\",\"body\":\"00000000000000ff and so on\"}";
  }

  private static void feed(Client client, Dialect dialect, String text) {
    byte[] bytes = ("??" + text).getBytes(StandardCharsets.UTF_8);
    dialect.frame(client, Unpooled.wrappedBuffer(bytes), 2, bytes.length);
  }

  @ParameterizedTest
  @MethodSource("spoken")
  void numbersInARowAreRight(Spoken spoken) {
    Client client = client(spoken.dialect);
    client.begins(ROOM, 0);
    for (long number = 1; number <= 1_001; number++) {
      feed(client, spoken.dialect, spoken.message.apply(number));
    }
    assertNull(tally.wrong());
    assertEquals(1_001, client.last(ROOM));
    assertEquals(1_001, own);
    Tally.Counts counts = tally.take(1);
    assertEquals(1_001, counts.deliveries());
    assertEquals(1_001, counts.messages());
    assertEquals(1_001, counts.latency().getTotalCount());
  }

  @ParameterizedTest
  @MethodSource("spoken")
  void aHoleIsSeen(Spoken spoken) {
    Client client = client(spoken.dialect);
    feed(client, spoken.dialect, spoken.message.apply(9));
    feed(client, spoken.dialect, spoken.message.apply(11));
    assertTrue(String.valueOf(tally.wrong()).startsWith("hole"));
  }

  @ParameterizedTest
  @MethodSource("spoken")
  void theFirstMessageMayNotBeMissing(Spoken spoken) {
    Client client = client(spoken.dialect);
    client.begins(ROOM, 0);
    feed(client, spoken.dialect, spoken.message.apply(2));
    assertTrue(String.valueOf(tally.wrong()).startsWith("hole"));
  }

  @ParameterizedTest
  @MethodSource("spoken")
  void aRepeatIsSeen(Spoken spoken) {
    Client client = client(spoken.dialect);
    feed(client, spoken.dialect, spoken.message.apply(9));
    feed(client, spoken.dialect, spoken.message.apply(9));
    assertTrue(String.valueOf(tally.wrong()).startsWith("repeat"));
  }

  @ParameterizedTest
  @MethodSource("spoken")
  void whatCannotBeReadIsWrong(Spoken spoken) {
    Client client = client(spoken.dialect);
    String cut = spoken.message.apply(1);
    feed(client, spoken.dialect, cut.substring(0, cut.length() - 3));
    assertNotNull(tally.wrong());
  }

  @Test
  void manyLinesOfOneFrameAreAllRead() {
    Dialect dialect = HubbubDialect.bare();
    Client client = client(dialect);
    feed(client, dialect, line(1, "u0") + "\n{\"id\":1,\"ok\":{\"seq\":1}}\n" + line(2, "u1"));
    assertNull(tally.wrong());
    assertEquals(2, client.last(ROOM));
    assertEquals(1, own);
  }

  @Test
  void anotherConversationHasItsOwnNumbers() {
    Dialect dialect = HubbubDialect.bare();
    Client client = client(dialect);
    UUID other = UUID.fromString("1c1e2f3a-4b5c-4d6e-8f70-8192a3b4c5d6");
    feed(client, dialect, line(5, "u1"));
    feed(client, dialect, line(1, "u1").replace(ROOM.toString(), other.toString()));
    feed(client, dialect, line(6, "u1"));
    assertNull(tally.wrong());
    assertEquals(6, client.last(ROOM));
    assertEquals(1, client.last(other));
  }

  @Test
  void socketIoTellsWhereConversationsAreAndWhatFailed() {
    Dialect dialect = new SocketIoDialect(user -> "");
    Client client = client(dialect);
    feed(
        client,
        dialect,
        "42[\"hello\",{\"conversations\":[{\"id\":\"" + ROOM + "\",\"head\":41}]}]");
    assertEquals(41, client.last(ROOM));
    feed(client, dialect, "431[{\"ok\":42}]");
    assertNull(tally.wrong());
    feed(client, dialect, "431[{\"error\":\"not_member\"}]");
    assertEquals(1, tally.take(1).errors().get("not_member"));
    feed(client, dialect, "44{\"message\":\"unauthorized\"}");
    assertNotNull(tally.wrong());
  }

  @Test
  void whoIsSeenOnlineIsReadFromTheReplyAndFromEvents() {
    HubbubDialect dialect = HubbubDialect.bare();
    Client client = client(dialect);
    assertEquals(
        "{\"op\":\"watch\",\"id\":2,\"users\":[\"u0\",\"u1\"]}",
        HubbubDialect.watch(client.rooms().get(0)));
    String frame =
        "{\"id\":2,\"ok\":{\"users\":[{\"user\":\"u0\",\"status\":\"online\"},"
            + "{\"user\":\"u1\",\"status\":\"offline\",\"lastSeen\":5}]}}\n"
            + "{\"ev\":\"presence\",\"user\":\"u7\",\"status\":\"online\"}";
    var data = Unpooled.copiedBuffer(frame, StandardCharsets.UTF_8);
    dialect.frame(client, data, 0, data.readableBytes());
    assertEquals(2, client.seenOnline());
    var away =
        Unpooled.copiedBuffer(
            "{\"ev\":\"presence\",\"user\":\"u7\",\"status\":\"away\"}", StandardCharsets.UTF_8);
    dialect.frame(client, away, 0, away.readableBytes());
    assertEquals(1, client.seenOnline());
    assertNull(tally.wrong());
  }
}
