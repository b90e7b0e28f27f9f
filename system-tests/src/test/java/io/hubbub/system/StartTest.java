package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Jwt;
import io.hubbub.system.client.RawSocket;
import io.hubbub.system.client.Rest;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.FreePorts;
import io.hubbub.system.harness.NodeProcess;
import io.hubbub.system.harness.Postgres;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node that can't do its work says so in one line, or waits and says so. */
@Timeout(120)
class StartTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String SECRET = "--auth.secret=" + Cluster.SECRET;

  private static void refuses(int exitCode, String line, String... settings) throws Exception {
    refuses(FreePorts.one(), exitCode, line, settings);
  }

  private static void refuses(int port, int exitCode, String line, String... settings)
      throws Exception {
    try (NodeProcess node = NodeProcess.start("refused", port, List.of(settings))) {
      assertEquals(exitCode, node.exitCode(SOON), node::output);
      assertTrue(node.output().contains(line), node::output);
      assertFalse(node.output().contains("\tat "), "a stack trace is no clear line");
    }
  }

  @Test
  void anUnknownSettingIsOneLine() throws Exception {
    refuses(2, "there is no such setting", SECRET, "--http.prot=1");
  }

  @Test
  void anIllTypedSettingIsOneLine() throws Exception {
    refuses(2, "limits.since", SECRET, "--limits.since=many");
  }

  @Test
  void aShortSecretAndNoKeysAtAllAreRefused() throws Exception {
    String url = "--database.url=" + Postgres.futureUrl(FreePorts.one());
    refuses(2, "auth.secret", url, "--auth.secret=short");
    refuses(2, "auth.secret", url);
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "--database.url=" + Postgres.futureUrl(FreePorts.one());
      refuses(taken.getLocalPort(), 1, "" + taken.getLocalPort(), url, SECRET);
    }
  }

  @Test
  void aDatabaseThatIsNotThereYetIsWaitedForAndAWrongPasswordIsNot() throws Exception {
    int port = FreePorts.one();
    List<String> settings = List.of("--database.url=" + Postgres.futureUrl(port), SECRET);
    try (NodeProcess node = NodeProcess.start("waiting", FreePorts.one(), settings)) {
      node.await("waiting", () -> node.status("/health/ready") == 503);
      assertEquals(200, node.status("/health/live"));
      assertTrue(node.body("/health/ready").contains("database"), node.body("/health/ready"));
      assertTrue(node.output().contains("is not there"), node::output);
      try (Postgres postgres = Postgres.start(port)) {
        node.awaitReady();
        assertEquals("on", postgres.sql("SHOW fsync"));
        refuses(1, "password", "--database.url=" + Postgres.url(port, "not-it"), SECRET);
        onlyTheIssuersTokensAreGood(settings);
        assertEquals(200, node.status("/health/ready"));
      }
    }
  }

  private static void onlyTheIssuersTokensAreGood(List<String> settings) throws Exception {
    List<String> all = new java.util.ArrayList<>(settings);
    all.add("--auth.issuer=https://issuer.example");
    all.add("--auth.audience=chat");
    try (NodeProcess node = NodeProcess.start("issuer", FreePorts.one(), all)) {
      node.awaitReady();
      JsonObject claims =
          new JsonObject()
              .put("sub", "issued")
              .put("exp", Jwt.inSeconds(3600))
              .put("iss", "https://issuer.example")
              .put("aud", "chat");
      for (JsonObject wrong :
          List.of(
              claims.copy().put("iss", "https://other.example"),
              claims.copy().put("aud", "mail"),
              new JsonObject().put("sub", "issued").put("exp", Jwt.inSeconds(3600)))) {
        try (RawSocket socket = new RawSocket(node.http())) {
          String token = Jwt.hs256(Cluster.SECRET, wrong);
          socket.text(new JsonObject().put("op", "hello").put("token", token).encode());
          assertEquals(4401, socket.awaitClose());
        }
        new Rest(node.http(), Jwt.hs256(Cluster.SECRET, wrong))
            .get("/v1/conversations")
            .expectProblem(401, "unauthenticated");
      }
      String good = Jwt.hs256(Cluster.SECRET, claims);
      try (ChatClient client = new ChatClient("issued", good, List.of(node.http()))) {
        Await.get(client.connect());
      }
    }
  }
}
