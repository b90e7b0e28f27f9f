package io.hubbub.examples.push;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hubbub.examples.push.Poster.Answer;
import io.hubbub.examples.push.Poster.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What answers mean; the path of a request says what it is answered with. */
@Timeout(30)
class PosterTest {
  private static final PushLimits LIMITS =
      new PushLimits(1_000, 10, 10, 2, 1, 5, 500, 3, 100, 150, 10_000);
  private static final JsonObject BODY = new JsonObject().put("user", "ann");

  private final Vertx vertx = Vertx.vertx();
  private final Poster poster = new Poster(vertx, LIMITS);
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private final Promise<Void> letGo = Promise.promise();
  private int port;

  @BeforeEach
  void listen() throws Exception {
    HttpServer server =
        await(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
    port = server.actualPort();
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  private void answer(HttpServerRequest request) {
    String word = request.path().substring(1);
    request
        .body()
        .onSuccess(
            body -> {
              heard.add(request.method() + " " + request.getHeader("Content-Type") + " " + body);
              switch (word) {
                case "silent" -> {}
                case "cut" -> request.connection().close();
                case "endless" -> {
                  request.connection().closeHandler(closed -> letGo.tryComplete());
                  request.response().setChunked(true).write("and ");
                }
                case "302" ->
                    request.response().setStatusCode(302).putHeader("Location", "/200").end();
                default -> request.response().setStatusCode(Integer.parseInt(word)).end("thanks");
              }
            });
  }

  private Answer post(int to, String path) throws Exception {
    return await(poster.post(URI.create("http://127.0.0.1:" + to + "/" + path), BODY));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void jsonIsPosted() throws Exception {
    assertEquals(new Answer(Outcome.TAKEN, "status 200"), post(port, "200"));
    assertEquals(List.of("POST application/json {\"user\":\"ann\"}"), heard);
  }

  @Test
  void statusesSayWhetherToTryAgain() throws Exception {
    assertEquals(Outcome.TAKEN, post(port, "204").outcome());
    assertEquals(Outcome.FAILED, post(port, "500").outcome());
    assertEquals(Outcome.FAILED, post(port, "503").outcome());
    assertEquals(Outcome.REFUSED, post(port, "404").outcome());
    assertEquals(Outcome.REFUSED, post(port, "429").outcome());
    assertEquals(Outcome.GONE, post(port, "410").outcome());
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    assertEquals(Outcome.REFUSED, post(port, "302").outcome());
    assertEquals(1, heard.size());
  }

  @Test
  void whoIsNotThereOrDoesNotAnswerIsTriedAgain() throws Exception {
    HttpServer gone =
        await(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
    int nobody = gone.actualPort();
    await(gone.close());
    assertEquals(Outcome.FAILED, post(nobody, "200").outcome());
    assertEquals(Outcome.FAILED, post(port, "silent").outcome());
    assertEquals(Outcome.FAILED, post(port, "cut").outcome());
  }

  @Test
  void anAnswerWithoutEndIsLetGo() throws Exception {
    assertEquals(Outcome.TAKEN, post(port, "endless").outcome());
    await(letGo.future());
  }
}
