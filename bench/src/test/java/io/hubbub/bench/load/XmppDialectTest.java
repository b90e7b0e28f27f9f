package io.hubbub.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class XmppDialectTest {
  private static final World.Room ROOM =
      new World.Room(UUID.fromString("0c1e2f3a-4b5c-4d6e-8f70-8192a3b4c5d6"), false, List.of(0, 1));

  private final Tally tally = new Tally();
  private final XmppDialect dialect = new XmppDialect(name -> name);
  private final Client client = new Client(0, List.of(ROOM), dialect, new Nothing(), tally, true);

  private static final class Nothing implements Play {
    @Override
    public void ready(Client client) {}

    @Override
    public void own(Client client) {}

    @Override
    public void failed(Client client, String what) {}
  }

  private void feed(String stanza) {
    byte[] bytes = stanza.getBytes(StandardCharsets.UTF_8);
    dialect.frame(client, Unpooled.wrappedBuffer(bytes), 0, bytes.length);
  }

  private void said(String from, int count) {
    feed(
        "<message xmlns='jabber:client' to='u0@localhost/1' from='"
            + ROOM.id()
            + "@conference.localhost/"
            + from
            + "' type='groupchat' id='k'><stanza-id id='7'/><body>00000000000000ff"
            + count
            + " and so on</body></message>");
  }

  @Test
  void eachSenderIsFollowed() {
    said("u0", 1);
    said("u1", 1);
    said("u1", 2);
    said("u0", 2);
    assertNull(tally.wrong());
    assertEquals(4, client.last(ROOM.id()));
    Tally.Counts counts = tally.take(1);
    assertEquals(4, counts.deliveries());
    assertEquals(2, counts.messages());
  }

  @Test
  void holesAndRepeatsOfOneSenderAreSeen() {
    said("u0", 1);
    said("u1", 1);
    said("u1", 3);
    assertTrue(String.valueOf(tally.wrong()).startsWith("hole"));
  }

  @Test
  void theFirstMessageMayNotBeMissing() {
    said("u1", 2);
    assertTrue(String.valueOf(tally.wrong()).startsWith("hole"));
  }

  @Test
  void whatCannotBeReadIsWrong() {
    feed("<message type='groupchat'><body>1</body></message>");
    assertNotNull(tally.wrong());
  }

  @Test
  void aSenderCounts() {
    String body = "00000000000000ff and so on";
    String first = dialect.message(client, ROOM, "k", body);
    String second = dialect.message(client, ROOM, "k", body);
    assertTrue(first.contains("<body>00000000000000ff1 and so on</body>"), first);
    assertTrue(second.contains("<body>00000000000000ff2 and so on</body>"), second);
  }
}
