package io.hubbub.chat.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hubbub.api.cluster.View;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.Query;
import io.hubbub.chat.auth.AuthOptions;
import io.hubbub.chat.auth.Identity;
import io.hubbub.chat.auth.Passwords;
import io.hubbub.chat.auth.Tokens;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server with all of {@link ChatWeb} and a client for it. */
abstract class HttpTest {
  static final String SECRET = "0123456789abcdef0123456789abcdef";
  static final String ROOM = "01890a5d-ac96-774b-bcce-b302099a8057";
  final Vertx vertx = Vertx.vertx();
  final MemoryBackend backend = new MemoryBackend();
  final AtomicBoolean draining = new AtomicBoolean();
  private final Tokens tokens = Tokens.create(vertx, AuthOptions.ofSecret(SECRET)).result();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpServer server = vertx.createHttpServer();

  /** What came back. */
  record Reply(int status, HttpHeaders headers, Buffer body) {

    JsonObject json() {
      return new JsonObject(body);
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    /** The problem document's code, after checking that it is one. */
    String problem(int status) {
      assertEquals(status, this.status, body.toString());
      assertEquals("application/problem+json", header("Content-Type"));
      assertEquals(status, json().getInteger("status"));
      return String.valueOf(json().getString("code"));
    }
  }

  @BeforeEach
  void start() throws Exception {
    Router router = Router.router(vertx);
    ChatWeb.mount(
        router,
        vertx,
        backend,
        new Alone(),
        new NoStreams(vertx),
        tokens,
        new Passwords(vertx),
        RestOptions.defaults().withOrigins(List.of("https://chat.example")),
        draining::get);
    await(server.requestHandler(router).listen(0, "127.0.0.1"));
  }

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
  }

  String token(String user) {
    return tokens.issue(user, null, false, 0, UUID.randomUUID());
  }

  Reply get(String path, String... headers) throws Exception {
    return call(HttpMethod.GET, path, null, headers);
  }

  Reply as(String user, HttpMethod method, String path, @Nullable Object body, String... headers)
      throws Exception {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Authorization";
    all[headers.length + 1] = "Bearer " + token(user);
    return call(method, path, body, all);
  }

  Reply call(HttpMethod method, String path, @Nullable Object body, String... headers)
      throws Exception {
    byte[] sent =
        body == null
            ? new byte[0]
            : body instanceof Buffer bytes
                ? bytes.getBytes()
                : body.toString().getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path))
            .timeout(Duration.ofSeconds(20))
            .method(
                method.name(),
                body == null
                    ? HttpRequest.BodyPublishers.ofByteArray(new byte[0])
                    : HttpRequest.BodyPublishers.ofByteArray(sent));
    if (body != null) {
      request.setHeader("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    HttpResponse<byte[]> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    return new Reply(response.statusCode(), response.headers(), Buffer.buffer(response.body()));
  }

  static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(20, TimeUnit.SECONDS);
  }

  /** A cluster of nobody. */
  private static final class Alone implements ClusterView {
    @Override
    public View view() {
      return new View("test~000000", List.of(), false);
    }

    @Override
    public <T> Future<T> ask(String address, Query query, Class<T> answer) {
      return Future.failedFuture(new HubbubException(ErrorCode.UNAVAILABLE, "nobody is there"));
    }
  }

  private record NoStreams(Vertx vertx) implements Streams {
    @Override
    public Future<Void> notifications(
        Identity who, String address, HttpServerResponse response, @Nullable String lastEventId) {
      return Future.failedFuture(new HubbubException(ErrorCode.UNAVAILABLE, "not here"));
    }
  }
}
