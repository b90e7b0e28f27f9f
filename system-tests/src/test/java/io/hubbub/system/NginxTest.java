package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Chatter;
import io.hubbub.system.client.Checker;
import io.hubbub.system.client.Jwt;
import io.hubbub.system.client.RawSocket;
import io.hubbub.system.client.Rest;
import io.hubbub.system.client.Sse;
import io.hubbub.system.client.Tls;
import io.hubbub.system.client.Transcript;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.hubbub.system.harness.FreePorts;
import io.hubbub.system.harness.Nginx;
import io.hubbub.system.harness.NodeProcess;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The configuration of {@code nginx/}, as it is shipped, before three nodes. */
@ClusterTest(own = true, settings = "--http.proxies=127.0.0.1")
@Tag("slow")
@Timeout(300)
class NginxTest {
  private static final int CLIENTS = 12;
  private static final int ROOMS = 6;
  private static final int RATE = 100;
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final String ELSEWHERE = "127.0.0.7";
  private static final String FORGED = "203.0.113.9";

  private final Cluster cluster;
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final Nginx nginx;

  NginxTest(Cluster cluster) throws Exception {
    this.cluster = cluster;
    nginx = Nginx.before(cluster);
  }

  @AfterEach
  void stop() throws Exception {
    nginx.close();
  }

  private Rest rest(String user) {
    return new Rest(nginx.https(), cluster.token(user));
  }

  private Rest admin() {
    return new Rest(nginx.https(), Jwt.admin(Cluster.SECRET));
  }

  private ChatClient online(String user) throws Exception {
    ChatClient client = cluster.client(user, 0).goesTo(nginx::https);
    Await.get(client.connect());
    return client;
  }

  @Test
  void aKilledAndADrainedNodeCostNobodyAMessageAndNoReadFails() throws Exception {
    List<String> users = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      users.add("through-" + i + "-" + run);
    }
    cluster.known(users);
    List<String> rooms = new ArrayList<>();
    for (int i = 0; i < ROOMS; i++) {
      rooms.add(rest(users.get(0)).room("Through " + i, users));
    }
    List<ChatClient> clients = new ArrayList<>();
    for (String user : users) {
      clients.add(online(user));
    }
    for (NodeProcess node : cluster.nodes()) {
      assertEquals(CLIENTS / 3, node.metric("hubbub_sessions"), node.name() + " has its share");
    }
    Chatter chatter = Chatter.start(clients, rooms, RATE);
    try (Reads reads = Reads.of(rest(users.get(0)))) {
      goOn(chatter);
      cluster.node(1).kill();
      Await.until("all are back", () -> clients.stream().allMatch(ChatClient::online));
      goOn(chatter);
      reads.goOn();
      cluster.restart(1);
      List<ChatClient> there = new ArrayList<>(clients);
      String drained = cluster.node(2).id();
      there.removeIf(client -> !drained.equals(client.welcome().getString("node")));
      cluster.node(2).terminate();
      assertEquals(0, cluster.node(2).exitCode(GRACE));
      for (ChatClient moved : there) {
        assertFalse(moved.events("reconnect", "").isEmpty(), "was told to move");
      }
      Await.until("all have moved", () -> clients.stream().allMatch(ChatClient::online));
      goOn(chatter);
      reads.goOn();
      cluster.restart(2);
      goOn(chatter);
      assertEquals(List.of(), reads.failed());
      System.out.printf(
          "behind nginx: %d reads while a node was killed and one drained, all answered%n",
          reads.count());
      assertFalse(there.isEmpty());
    }
    chatter.stop(Await.PATIENCE);
    assertEquals(List.of(), chatter.refused());
    assertEquals(0, clients.stream().mapToInt(ChatClient::unanswered).sum());
    for (String room : rooms) {
      Transcript history = clients.get(0).history(room);
      Checker checker = new Checker(history).acknowledged(chatter.acks(room));
      for (ChatClient client : clients) {
        Await.until(client.user() + " has all", () -> client.tail(room) == history.end());
        checker.saw(client.transcript(room)).sent(client.user(), chatter.keys(room, client.user()));
      }
      checker.assertClean();
    }
    System.out.printf(
        "behind nginx: %d messages acknowledged, the longest wait %d ms%n",
        chatter.done().size(),
        chatter.done().stream().mapToLong(done -> done.answered() - done.said()).max().orElse(0)
            / 1_000_000);
  }

  private static void goOn(Chatter chatter) throws Exception {
    int before = chatter.done().size();
    Await.until("they go on", () -> chatter.done().size() > before + 2 * RATE);
  }

  @Test
  void eventsOfStreamsArriveWithinASecond() throws Exception {
    String ann = "ann-" + run;
    String bob = "bob-" + run;
    cluster.known(List.of(ann, bob));
    rest(ann).post("/v1/friends", new JsonObject().put("user", bob)).expect(200);
    rest(bob).post("/v1/friends", new JsonObject().put("user", ann)).expect(200);
    try (Sse stream = Sse.open(rest(ann), "/v1/presence/stream", null);
        Sse all = Sse.open(admin(), "/v1/admin/presence/stream", null)) {
      assertEquals("text/event-stream", stream.header("Content-Type"));
      Await.until("begun", () -> "offline".equals(status(stream, bob)));
      online(bob);
      Await.until("told", AT_ONCE, () -> "online".equals(status(stream, bob)));
      Await.until("told, too", Duration.ofSeconds(3), () -> "online".equals(status(all, bob)));
      int before = all.told("counts").size();
      Await.until(
          "one each second",
          Duration.ofMillis(3_500),
          () -> all.told("counts").size() >= before + 3);
    }
  }

  private static Object status(Sse stream, String user) {
    return String.valueOf(stream.newest("presence", "user", user, "status"));
  }

  @Test
  void nodesAreToldWhereAClientIsAndBelieveNobodyElse() throws Exception {
    String forged = "X-Forwarded-For: " + FORGED + "\r\n";
    for (String user : List.of("proxied-" + run, "direct-" + run)) {
      boolean proxied = user.startsWith("proxied");
      try (RawSocket socket =
          new RawSocket(proxied ? nginx.https() : cluster.node(0).http(), forged, ELSEWHERE)) {
        socket.hello(cluster.token(user));
        assertEquals(ELSEWHERE, address(user));
      }
    }
    String user = "believed-" + run;
    try (RawSocket socket = new RawSocket(cluster.node(0).http(), forged, "127.0.0.1")) {
      socket.hello(cluster.token(user));
      assertEquals(FORGED, address(user), "of one that is a proxy of ours it is believed");
    }
    Rest.Answer ticket = rest(user).post("/v1/presence/ticket", new JsonObject()).expect(200);
    String path = "/v1/presence/stream?ticket=" + ticket.json().getString("ticket");
    try (Sse stream = Sse.open(nginx.https(), path, Map.of())) {
      assertTrue(stream.header("Set-Cookie").contains("; Secure"), stream.header("Set-Cookie"));
    }
  }

  private String address(String user) throws Exception {
    List<JsonObject> sessions =
        ChatClient.objects(
            admin()
                .get("/v1/admin/sessions?user=" + user)
                .expect(200)
                .json()
                .getJsonArray("sessions"));
    assertEquals(1, sessions.size(), sessions::toString);
    return sessions.get(0).getString("address");
  }

  @Test
  void clientsComeOverTlsAndSeeNothingOfWhatIsForOperators() throws Exception {
    Rest rest = rest("tls-" + run);
    Rest.Answer page = rest.send(rest.request("/").version(HttpClient.Version.HTTP_2).GET());
    assertEquals(HttpClient.Version.HTTP_2, page.response().version());
    assertEquals(
        "max-age=63072000",
        page.expect(200).response().headers().firstValue("Strict-Transport-Security").orElse(""));
    rest.get("/v1/status").expect(200);
    for (String path :
        List.of("/health/ready", "/health/live", "/metrics", "/metrics/", "//metrics")) {
      assertEquals("text/html", rest.get(path).expect(404).type(), path);
    }
    Rest.Answer plain = new Rest(nginx.http(), "").get("/v1/status?a=b").expect(308);
    assertEquals(
        "https://127.0.0.1/v1/status?a=b",
        plain.response().headers().firstValue("Location").orElse(""));
  }

  @Test
  void whoAsksTooMuchIsToldSoAndNobodyElse() throws Exception {
    int asked = 500;
    String answers = pipelined(asked);
    int limited = answers.split("HTTP/1.1 429", -1).length - 1;
    int answered = answers.split("HTTP/1.1 401", -1).length - 1;
    assertEquals(asked, limited + answered);
    assertTrue(answered > 200 && limited > 0, () -> answered + " answered");
    int body = answers.indexOf("{", answers.indexOf("HTTP/1.1 429"));
    JsonObject problem = new JsonObject(answers.substring(body, answers.indexOf('}', body) + 1));
    assertEquals("rate_limited", problem.getString("code"));
    assertTrue(problem.getBoolean("temporary"));
    assertTrue(answers.contains("Content-Type: application/problem+json"));
    rest("patient-" + run).get("/v1/conversations").expect(200);
  }

  /** The answers to as many requests at once, from an address of its own. */
  private String pipelined(int requests) throws Exception {
    String request = "GET /v1/conversations HTTP/1.1\r\nHost: localhost\r\n";
    String all = (request + "\r\n").repeat(requests - 1) + request + "Connection: close\r\n\r\n";
    try (Socket socket = Tls.socket(nginx.https())) {
      socket.bind(new InetSocketAddress(ELSEWHERE, 0));
      socket.connect(new InetSocketAddress(nginx.https().getHost(), nginx.https().getPort()));
      Thread writer =
          new Thread(
              () -> {
                try {
                  socket.getOutputStream().write(all.getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      writer.start();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void whereNoNodeIsThereItSaysSoInOurWords() throws Exception {
    try (Nginx alone = Nginx.before(FreePorts.some(2))) {
      Rest rest = new Rest(alone.https(), cluster.token("nobody"));
      Rest.Answer status = rest.get("/v1/status").expectProblem(503, "unavailable");
      assertEquals("2", status.response().headers().firstValue("Retry-After").orElse(""));
      rest.get("/v1/conversations").expectProblem(504, "unknown_outcome");
      JsonObject large = new JsonObject().put("user", "x".repeat(300_000));
      rest.post("/v1/direct", large).expectProblem(413, "too_large");
    }
  }
}
