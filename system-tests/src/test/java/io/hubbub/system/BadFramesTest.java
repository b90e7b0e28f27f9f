package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.Jwt;
import io.hubbub.system.client.RawSocket;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.vertx.core.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a socket must not be sent has its documented answer, and the server goes on unharmed. */
@ClusterTest
class BadFramesTest {
  private static final String SECRET = Cluster.SECRET;

  private final Cluster cluster;
  private RawSocket socket;

  BadFramesTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @BeforeEach
  void connect() throws IOException {
    socket = new RawSocket(cluster.node(0).http());
  }

  @AfterEach
  void serverIsUnharmed() throws IOException {
    socket.close();
    try (RawSocket other = new RawSocket(cluster.node(0).http())) {
      other.hello(cluster.token("unharmed")).text("{\"op\":\"ping\",\"id\":1}");
      assertTrue(other.reply().containsKey("ok"));
    }
  }

  /** RFC 6455, 4.1: a client must wait for the answer to its handshake. */
  @Test
  void whatIsSentBeforeTheHandshakeIsAnsweredEndsTheConnection() throws IOException {
    try (RawSocket early = new RawSocket(cluster.node(0).http(), "X-Any: thing\r\n\r\nearly")) {
      assertTrue(early.status().contains("101"), early.status());
      assertThrows(EOFException.class, early::next);
    }
  }

  @Test
  void malformedJsonEndsTheSession() throws IOException {
    for (String bad :
        new String[] {"{", "{\"op\":", "nonsense", "[]", "[{\"op\":\"ping\"}]", "1"}) {
      try (RawSocket each = new RawSocket(cluster.node(0).http())) {
        assertEquals(4400, each.text(bad).awaitClose(), bad);
      }
    }
  }

  @Test
  void fiveThousandBracketsEndTheSession() throws IOException {
    String deep = "{\"op\":\"ping\",\"id\":1,\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
    assertEquals(4400, socket.text(deep).awaitClose());
  }

  @Test
  void binaryFramesEndTheSession() throws IOException {
    assertEquals(4400, socket.frame(RawSocket.BINARY, true, new byte[] {1}).awaitClose());
  }

  @Test
  void invalidUtf8EndsTheSession() throws IOException {
    byte[] bad = "{\"op\":\"ping\",\"x\":\"?\"}".getBytes(StandardCharsets.US_ASCII);
    bad[bad.length - 3] = (byte) 0xff;
    assertEquals(1007, socket.frame(RawSocket.TEXT, true, bad).awaitClose());
  }

  @Test
  void invalidUtf8InFragmentsEndsTheSession() throws IOException {
    byte[] smile = "😀".getBytes(StandardCharsets.UTF_8);
    byte[] head = "{\"op\":\"ping\",\"x\":\"".getBytes(StandardCharsets.US_ASCII);
    socket.frame(RawSocket.TEXT, false, head);
    socket.frame(RawSocket.CONTINUATION, false, new byte[] {smile[0], smile[1]});
    socket.frame(RawSocket.CONTINUATION, true, "\"}".getBytes(StandardCharsets.US_ASCII));
    assertEquals(1007, socket.awaitClose());
  }

  @Test
  void aCharacterSplitBetweenFragmentsIsFine() throws IOException {
    socket.hello(cluster.token("fragments"));
    byte[] line = "{\"op\":\"ping\",\"id\":7,\"x\":\"😀\"}".getBytes(StandardCharsets.UTF_8);
    for (int cut = 1; cut < line.length; cut++) {
      byte[] one = Arrays.copyOfRange(line, 0, cut);
      byte[] two = Arrays.copyOfRange(line, cut, line.length);
      socket.frame(RawSocket.TEXT, false, one).frame(RawSocket.CONTINUATION, true, two);
      assertEquals(7, socket.reply().getInteger("id"));
    }
  }

  @Test
  void framesOverTheLimitEndTheSession() throws IOException {
    // Refused as soon as its length is told: nobody waits for the rest.
    assertEquals(1009, socket.head(RawSocket.TEXT, true, 300_000).awaitClose());
  }

  @Test
  void messagesOverTheLimitEndTheSessionHoweverFragmented() throws IOException {
    byte[] part = "a".repeat(60_000).getBytes(StandardCharsets.US_ASCII);
    socket.frame(RawSocket.TEXT, false, part);
    for (int i = 0; i < 4; i++) {
      socket.frame(RawSocket.CONTINUATION, false, part);
    }
    assertEquals(1009, socket.awaitClose());
  }

  @Test
  void unknownOpsAndWrongTypesAreAnswered() throws IOException {
    socket.hello(cluster.token("types"));
    Map<String, String> answers =
        Map.of(
            "{\"op\":\"fly\",\"id\":1}", "unknown_op",
            "{\"id\":1}", "bad_request",
            "{\"op\":7,\"id\":1}", "bad_request",
            "{\"op\":\"send\",\"id\":1,\"conversation\":5,\"key\":\"k\",\"body\":\"b\"}",
                "bad_request",
            "{\"op\":\"history\",\"id\":1,\"conversation\":\"@x\",\"limit\":\"many\"}",
                "bad_request",
            "{\"op\":\"history\",\"id\":1,\"conversation\":\"nonsense\"}", "not_found",
            "{\"op\":\"users\",\"id\":1,\"ids\":[1,2]}", "bad_request",
            "{\"op\":\"send\",\"id\":1,\"conversation\":\"@x\",\"body\":\"b\"}", "bad_request",
            "{\"op\":\"hello\",\"id\":1,\"token\":\"again\"}", "bad_request");
    for (Map.Entry<String, String> each : answers.entrySet()) {
      JsonObject error = socket.text(each.getKey()).reply().getJsonObject("error");
      assertEquals(each.getValue(), error.getString("code"), each.getKey());
    }
  }

  @Test
  void conversationsThatAreUnknownOrNotOnesOwnLookTheSame() throws Exception {
    String room = cluster.room("Private", "insider", List.of());
    socket.hello(cluster.token("outsider"));
    for (String id : new String[] {room, UUID.randomUUID().toString()}) {
      for (String op :
          new String[] {
            "{\"op\":\"send\",\"id\":1,\"conversation\":\"%s\",\"key\":\"k\",\"body\":\"b\"}",
            "{\"op\":\"history\",\"id\":1,\"conversation\":\"%s\"}",
            "{\"op\":\"resume\",\"id\":1,\"conversation\":\"%s\"}",
            "{\"op\":\"read\",\"id\":1,\"conversation\":\"%s\",\"seq\":1}",
            "{\"op\":\"typing\",\"id\":1,\"conversation\":\"%s\"}"
          }) {
        JsonObject error = socket.text(op.formatted(id)).reply().getJsonObject("error");
        assertEquals("not_a_member", error.getString("code"), op);
      }
    }
  }

  @Test
  void commandsBeforeHelloAreRefused() throws IOException {
    JsonObject early = socket.text("{\"op\":\"conversations\",\"id\":1}").reply();
    assertEquals("unauthenticated", early.getJsonObject("error").getString("code"));
    assertTrue(socket.text("{\"op\":\"ping\",\"id\":2}").reply().containsKey("ok"));
  }

  @Test
  void badTokensEndTheSession() throws IOException {
    JsonObject good = new JsonObject().put("sub", "eve").put("exp", Jwt.inSeconds(3600));
    JsonObject eternal = new JsonObject().put("sub", "eve");
    JsonObject nobody = new JsonObject().put("exp", Jwt.inSeconds(3600));
    refused("forged", Jwt.hs256("another-secret-of-32-bytes-length!", good));
    refused("of alg none", Jwt.none(good));
    refused("without exp", Jwt.hs256(SECRET, eternal));
    refused("without sub", Jwt.hs256(SECRET, nobody));
    refused("no token", "nonsense");
    JsonObject over = good.copy().put("exp", Jwt.inSeconds(-3600));
    assertEquals("token_expired", greet(Jwt.hs256(SECRET, over)), "expired");
  }

  @Test
  void anotherUsersTokenIsRefused() throws IOException {
    String hello = "{\"op\":\"hello\",\"id\":1,\"user\":\"bob\",\"token\":\"%s\"}";
    JsonObject reply = socket.text(hello.formatted(cluster.token("eve"))).reply();
    assertEquals("wrong_user", reply.getJsonObject("error").getString("code"));
  }

  @Test
  void foreignOriginsAreShutOut() throws IOException {
    try (RawSocket foreign =
        new RawSocket(cluster.node(0).http(), "Origin: https://evil.example\r\n")) {
      assertEquals(4403, foreign.awaitClose());
    }
    String own = "Origin: http://127.0.0.1:" + cluster.node(0).port() + "\r\n";
    try (RawSocket page = new RawSocket(cluster.node(0).http(), own)) {
      page.hello(cluster.token("page"));
    }
  }

  private void refused(String what, String token) throws IOException {
    assertEquals("unauthenticated", greet(token), what);
  }

  private String greet(String token) throws IOException {
    try (RawSocket each = new RawSocket(cluster.node(0).http())) {
      JsonObject reply =
          each.text("{\"op\":\"hello\",\"id\":1,\"token\":\"" + token + "\"}").reply();
      assertEquals(4401, each.awaitClose());
      return reply.getJsonObject("error").getString("code");
    }
  }
}
