package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.ChatException;
import io.hubbub.system.client.RawSocket;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each bad command gets its documented error; the session and the server are not harmed. */
@ClusterTest
@Timeout(60)
class BadCommandsTest {
  private final Cluster cluster;

  BadCommandsTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @AfterEach
  void theServerGoesOn() throws Exception {
    for (int i = 0; i < cluster.size(); i++) {
      assertEquals(200, cluster.node(i).status("/health/ready"));
    }
    String room = cluster.room("Still here", "bad-witness", List.of());
    Await.get(cluster.online("bad-witness", 0).send(room, "alive", "alive"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'op':'dance','id':2}|unknown_op",
        "{'op':7,'id':2}|bad_request",
        "{'id':2}|bad_request",
        "{'op':'watch','id':2}|bad_request",
        "{'op':'watch','id':2,'users':[7]}|bad_request",
        "{'op':'presence','id':2,'status':'offline'}|bad_request",
        "{'op':'send','id':2}|bad_request",
        "{'op':'send','id':2,'conversation':'ROOM','key':'k'}|bad_request",
        "{'op':'send','id':2,'conversation':'ROOM','key':'k','body':7}|bad_request",
        "{'op':'send','id':2,'conversation':'ROOM','key':7,'body':'x'}|bad_request",
        "{'op':'send','id':2,'conversation':'ROOM','key':'','body':'x'}|bad_request",
        "{'op':'send','id':2,'conversation':7,'key':'k','body':'x'}|bad_request",
        "{'op':'send','id':2,'conversation':'no uuid','key':'k','body':'x'}|not_found",
        "{'op':'send','id':2,'conversation':'ROOM','key':'k','body':'x','thread':99}|not_found",
        "{'op':'edit','id':2,'conversation':'ROOM','key':'k','target':99,'body':'x'}|not_found",
        "{'op':'edit','id':2,'conversation':'ROOM','key':'k','target':'2','body':'x'}|bad_request",
        "{'op':'delete','id':2,'conversation':'ROOM','key':'k','target':1}|not_found",
        "{'op':'history','id':2,'conversation':'ROOM','after':0,'limit':-1}|bad_request",
        "{'op':'history','id':2,'conversation':'OTHER','after':0,'limit':9}|not_a_member",
        "{'op':'send','id':2,'conversation':'OTHER','key':'k','body':'x'}|not_a_member",
        "{'op':'resume','id':2,'conversation':'OTHER','since':0}|not_a_member",
        "{'op':'typing','id':2,'conversation':'OTHER'}|not_a_member",
        "{'op':'read','id':2,'conversation':'OTHER','seq':1}|not_a_member",
        "{'op':'send','id':2,'conversation':'@nobody-at-all','key':'k','body':'x'}|not_found",
        "{'op':'refresh','id':2,'token':'abc'}|unauthenticated",
        "{'op':'hello','id':2,'token':'abc'}|bad_request",
      })
  void aBadCommandGetsItsErrorAndTheSessionGoesOn(String line, String code) throws Exception {
    String room = cluster.room("Mine", "bad-commands", List.of());
    String other = cluster.room("Not mine", "bad-stranger", List.of());
    try (RawSocket socket = new RawSocket(cluster.node(0).http())) {
      socket.hello(cluster.token("bad-commands"));
      socket.text(line.replace('\'', '"').replace("ROOM", room).replace("OTHER", other));
      assertEquals(code, socket.reply().getJsonObject("error").getString("code"));
      socket.text("{\"op\":\"ping\",\"id\":3}");
      assertTrue(socket.reply().containsKey("ok"));
    }
  }

  @Test
  void whoSaysNoHelloInTimeIsClosed() throws Exception {
    try (RawSocket socket = new RawSocket(cluster.node(0).http())) {
      assertEquals(4408, socket.awaitClose());
    }
  }

  @Test
  void bodiesAndKeysOverTheirLimitAreRefused() throws Exception {
    String room = cluster.room("Sizes", "bad-sizes", List.of());
    ChatClient client = cluster.online("bad-sizes", 0);
    JsonObject limits = client.welcome().getJsonObject("limits");
    String most = "é".repeat(limits.getInteger("bodyBytes") / 2);
    Await.get(client.send(room, "most", most));
    assertEquals("too_large", code(client, room, "more", most + "x"));
    String key = "k".repeat(limits.getInteger("keyBytes"));
    Await.get(client.send(room, key, "x"));
    String tooLong = code(client, room, key + "k", "x");
    assertTrue(List.of("too_large", "bad_request").contains(tooLong), tooLong);
    assertEquals("bad_request", code(client, room, "a\u0001b", "x"));
  }

  private static String code(ChatClient client, String room, String key, String body) {
    return assertThrows(ChatException.class, () -> Await.get(client.send(room, key, body))).code();
  }
}
