package io.hubbub.chat.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.log.Command;
import io.hubbub.api.log.Conversations;
import io.hubbub.api.log.Entry;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.Kind;
import io.hubbub.api.log.Outcome;
import io.hubbub.api.query.CreateRoom;
import io.hubbub.api.query.Page;
import io.hubbub.api.query.ReadPage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Requests become queries and commands, and what is not as documented gets its answer. */
class RestTest extends HttpTest {
  private static final String EVENTS = "/v1/conversations/" + ROOM + "/events";

  @Test
  void aMessageIsACommandWithTheIdempotencyKey() throws Exception {
    JsonObject body = new JsonObject().put("body", "hi 😀").put("thread", 3);
    Reply reply = as("alice", HttpMethod.POST, EVENTS, body, "Idempotency-Key", "k1");
    assertEquals(201, reply.status(), reply.body().toString());
    assertEquals(7, reply.json().getInteger("seq"));
    assertEquals(
        new Command(UUID.fromString(ROOM), null, "alice", Kind.MESSAGE, "k1", 0, 3, "hi 😀", false),
        backend.appended.get(0));
    backend.outcome = Outcome.appended(7, 1000, 0, true);
    Reply again = as("alice", HttpMethod.POST, EVENTS, body, "Idempotency-Key", "k1");
    assertEquals(200, again.status());
    assertEquals(true, again.json().getBoolean("duplicate"));
    backend.outcome = Outcome.failed(ErrorCode.KEY_REUSED, "another message has this key");
    assertEquals(
        "key_reused",
        as("alice", HttpMethod.POST, EVENTS, body, "Idempotency-Key", "k1").problem(409));
  }

  @Test
  void aDirectConversationCanBeNamedByItsUser() throws Exception {
    String path = "/v1/conversations/@b%C3%B6b/events";
    as("alice", HttpMethod.POST, path, new JsonObject().put("body", "hi"));
    Command command = backend.appended.get(0);
    assertEquals("böb", command.peer());
    assertEquals(Conversations.direct("alice", "böb"), command.conversation());
  }

  @Test
  void membersNamesAndRolesAreCommands() throws Exception {
    String room = "/v1/rooms/" + ROOM;
    JsonObject users = new JsonObject().put("users", new JsonArray().add("bob").add("bob"));
    assertEquals(201, as("alice", HttpMethod.POST, room + "/members", users).status());
    JsonObject role = new JsonObject().put("role", "owner");
    assertEquals(200, as("alice", HttpMethod.PUT, room + "/members/bob", role).status());
    assertEquals(200, as("alice", HttpMethod.DELETE, room + "/members/b%2Fb", null).status());
    JsonObject name = new JsonObject().put("name", "Lunch");
    assertEquals(200, as("alice", HttpMethod.PATCH, room, name).status());
    List<String> bodies = new ArrayList<>();
    List<Kind> kinds = new ArrayList<>();
    for (Command command : backend.appended) {
      bodies.add(String.valueOf(command.body()));
      kinds.add(command.kind());
    }
    assertEquals(List.of(Kind.JOINED, Kind.ROLE, Kind.LEFT, Kind.RENAMED), kinds);
    assertEquals(
        List.of("[\"bob\"]", "{\"user\":\"bob\",\"role\":\"owner\"}", "[\"b/b\"]", "Lunch"),
        bodies);
  }

  @Test
  void theSameKeyIsTheSameRoom() throws Exception {
    JsonObject room = new JsonObject().put("name", "Lunch");
    Reply reply = as("alice", HttpMethod.POST, "/v1/rooms", room, "Idempotency-Key", "k");
    assertEquals(201, reply.status(), reply.body().toString());
    assertEquals(Conversations.room("alice", "k").toString(), reply.json().getString("id"));
    Reply other = as("alice", HttpMethod.POST, "/v1/conversations", room);
    assertEquals(201, other.status());
    CreateRoom query = (CreateRoom) backend.asked.get(backend.asked.size() - 1);
    assertEquals(other.json().getString("id"), query.id().toString());
    assertFalse(query.key().isEmpty());
    JsonObject both = room.copy().put("with", "bob");
    assertEquals(
        "bad_request", as("alice", HttpMethod.POST, "/v1/conversations", both).problem(400));
  }

  @Test
  void limitsOfPagesAreClampedAboveAndRefusedBelow() throws Exception {
    backend.page = new Page(List.of(), 1, 0, 0, 1, false, List.of(), 1, "here");
    for (String bad :
        new String[] {
          "limit=-1",
          "limit=0",
          "limit=x",
          "limit=",
          "limit=1&limit=2",
          "before=0",
          "after=-1",
          "before=5&after=5",
          "before=99999999999999999999",
          "thread=0"
        }) {
      assertEquals(
          "bad_request", as("alice", HttpMethod.GET, EVENTS + "?" + bad, null).problem(400), bad);
    }
    assertEquals(200, as("alice", HttpMethod.GET, EVENTS + "?limit=1000000", null).status());
    assertEquals(200, lastPage().limit());
    assertEquals(200, as("alice", HttpMethod.GET, EVENTS + "?after=0&limit=3", null).status());
    assertEquals(3, lastPage().limit());
    assertEquals(0, lastPage().before());
  }

  @Test
  void whatIsNotAJsonObjectIsRefused() throws Exception {
    String deep = "{\"body\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
    for (Object bad :
        new Object[] {
          "",
          "nonsense",
          "[1]",
          "\"x\"",
          "null",
          "{",
          "{\"body\":\"x\"}{}",
          deep,
          Buffer.buffer(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}),
          "{}",
          "{\"body\":5}",
          "{\"body\":null}",
          "{\"body\":\"\"}",
          "{\"body\":\"x\",\"thread\":\"1\"}",
          "{\"body\":\"x\",\"thread\":-1}",
        }) {
      assertEquals(
          "bad_request", as("alice", HttpMethod.POST, EVENTS, bad).problem(400), bad.toString());
    }
    for (String bad : new String[] {"{\"body\":\"\\u0000\"}", "{\"body\":\"\\ud800x\"}"}) {
      assertEquals("bad_text", as("alice", HttpMethod.POST, EVENTS, bad).problem(400), bad);
    }
    assertEquals(
        "bad_request",
        as("alice", HttpMethod.POST, EVENTS, "body=x", "Content-Type", "text/plain").problem(415));
    assertEquals(
        "too_large",
        as("alice", HttpMethod.POST, EVENTS, new JsonObject().put("body", "x".repeat(65_537)))
            .problem(413));
    assertEquals(
        "too_large",
        as("alice", HttpMethod.POST, EVENTS, new JsonObject().put("body", "x".repeat(200_000)))
            .problem(413));
    assertTrue(backend.appended.isEmpty());
    JsonObject longest = new JsonObject().put("body", "é".repeat(32_768));
    assertEquals(201, as("alice", HttpMethod.POST, EVENTS, longest).status());
  }

  @Test
  void pathsMethodsAndKeysThatAreNotThere() throws Exception {
    assertEquals("not_found", get("/v1/nothing").problem(404));
    assertEquals("not_found", get("/../openapi.json/x").problem(404));
    Reply method = call(HttpMethod.DELETE, "/v1/users", null);
    assertEquals("bad_request", method.problem(405));
    assertEquals("GET, HEAD, POST", method.header("Allow"));
    JsonObject body = new JsonObject().put("body", "x");
    for (String id : new String[] {"x", "@", ROOM + "0", "01890a5d-ac96-774b-bcce-b302099a805z"}) {
      assertEquals(
          "not_found",
          as("alice", HttpMethod.POST, "/v1/conversations/" + id + "/events", body).problem(404));
    }
    for (String key : new String[] {"", "x".repeat(65), "a\tb"}) {
      assertEquals(
          "bad_request",
          as("alice", HttpMethod.POST, EVENTS, body, "Idempotency-Key", key).problem(400));
    }
    assertEquals("not_a_member", as("alice", HttpMethod.GET, EVENTS, null).problem(403));
  }

  @Test
  void bulkIsCompressedForWhoTakesItAndCutAtItsBound() throws Exception {
    List<Entry> entries = new ArrayList<>();
    for (int seq = 1; seq <= 40; seq++) {
      entries.add(new Entry(seq, Kind.MESSAGE, "a", 1, "k", 0, 0, "x".repeat(60_000), null));
    }
    backend.page = new Page(entries, 1, 40, 40, 1, false, List.of(), 1, "here");
    Reply forwards = as("a", HttpMethod.GET, EVENTS + "?after=0", null, "Accept-Encoding", "gzip");
    assertEquals("gzip", forwards.header("Content-Encoding"));
    byte[] plain =
        new GZIPInputStream(new ByteArrayInputStream(forwards.body().getBytes())).readAllBytes();
    JsonObject page = new JsonObject(Buffer.buffer(plain));
    int count = page.getJsonArray("events").size();
    assertTrue(count > 10 && count < 20, "entries: " + count);
    assertEquals(count, page.getInteger("to"));
    assertEquals(true, page.getBoolean("more"));
    JsonObject back = as("a", HttpMethod.GET, EVENTS, null).json();
    assertEquals(41 - count, back.getInteger("from"));
    assertEquals(40, back.getInteger("to"));
    assertEquals(41 - count, back.getJsonArray("events").getJsonObject(0).getInteger("seq"));
  }

  /** {@code EventSource} gives up at any status but 200, and comes back to a stream that ends. */
  @Test
  void aBrowsersStreamThatCannotBeServedNowIsToldToComeBack() throws Exception {
    Reply made = as("ann", HttpMethod.POST, "/v1/presence/ticket", new JsonObject());
    String stream = "/v1/presence/stream?ticket=";
    Reply later = get(stream + made.json().getString("ticket"));
    assertEquals(200, later.status());
    assertEquals("text/event-stream", later.header("Content-Type"));
    assertTrue(later.body().toString().matches("retry: [0-9]{4}\n\n"), later.body()::toString);
    assertEquals("unauthenticated", get(stream + "made-up").problem(401));
    assertEquals(
        "unavailable", as("ann", HttpMethod.GET, "/v1/presence/stream", null).problem(503));
  }

  @Test
  void aBusyOrLeavingNodeSaysSo() throws Exception {
    assertEquals(new JsonObject().put("status", "ok"), get("/v1/status").json());
    assertEquals(
        "*", get("/v1/status", "Origin", "https://any").header("Access-Control-Allow-Origin"));
    backend.overload = 1;
    Reply busy = get("/v1/status");
    assertEquals(503, busy.status());
    assertTrue(Integer.parseInt(busy.header("Retry-After")) >= 2);
    backend.overload = 0;
    draining.set(true);
    assertEquals("draining", get("/v1/status").json().getString("status"));
  }

  @Test
  void onlyListedOriginsMayReadAnswers() throws Exception {
    String allow = "Access-Control-Allow-Origin";
    assertEquals("", get("/openapi.json", "Origin", "https://evil.example").header(allow));
    assertEquals(
        "https://chat.example",
        get("/openapi.json", "Origin", "https://chat.example").header(allow));
    Reply preflight =
        call(
            HttpMethod.OPTIONS,
            "/v1/login",
            null,
            "Origin",
            "https://chat.example",
            "Access-Control-Request-Method",
            "POST");
    assertEquals(204, preflight.status());
    assertTrue(preflight.header("Access-Control-Allow-Headers").contains("Authorization"));
    Origins origins = new Origins(List.of("https://chat.example"));
    assertTrue(origins.allowed(null, "me:8080"));
    assertTrue(origins.allowed("http://me:8080", "me:8080"));
    assertTrue(origins.allowed("https://CHAT.example", "me:8080"));
    assertFalse(origins.allowed("http://me:8081", "me:8080"));
    assertFalse(origins.allowed("null", "me:8080"));
  }

  @Test
  void thePageAndTheDocumentsAreServed() throws Exception {
    Reply page = get("/");
    assertEquals(200, page.status());
    assertEquals("text/html; charset=utf-8", page.header("Content-Type"));
    assertEquals("nosniff", page.header("X-Content-Type-Options"));
    assertTrue(page.header("Content-Security-Policy").contains("default-src 'self'"));
    assertEquals(304, get("/", "If-None-Match", page.header("ETag")).status());
    assertEquals("text/javascript; charset=utf-8", get("/app.js").header("Content-Type"));
    for (String path : new String[] {"/admin", "/admin/", "/admin/index.html"}) {
      assertEquals("text/html; charset=utf-8", get(path).header("Content-Type"), path);
    }
    assertEquals("text/css; charset=utf-8", get("/admin/admin.css").header("Content-Type"));
    assertEquals("3.1.0", get("/openapi.json").json().getString("openapi"));
    assertEquals("3.0.0", get("/asyncapi.json").json().getString("asyncapi"));
    for (String path :
        new String[] {
          "/../openapi.json", "/%2e%2e/openapi.json", "/.x.js", "/web/index.html", "/nothing.js"
        }) {
      int status = get(path).status();
      assertTrue(status == 404 || path.contains("openapi"), path + ": " + status);
    }
  }

  private ReadPage lastPage() {
    return (ReadPage) backend.asked.get(backend.asked.size() - 1);
  }
}
