package io.hubbub.examples.push;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** Makes one POST of JSON, and says what its answer means. */
final class Poster {
  /** What became of a request. */
  enum Outcome {
    /** 2xx. */
    TAKEN,
    /** 5xx, no connection, or no answer in time: the same request may succeed later. */
    FAILED,
    /** Anything else, redirects too: it would be answered the same again. */
    REFUSED,
    /** 410: nothing more is wanted there. */
    GONE
  }

  /**
   * An outcome in words.
   *
   * @param why the status, or what kept it from coming
   */
  record Answer(Outcome outcome, String why) {}

  private final HttpClientAgent client;
  private final long timeoutMillis;

  Poster(Vertx vertx, PushLimits limits) {
    this.timeoutMillis = limits.timeoutMillis();
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout((int) timeoutMillis),
            new PoolOptions().setHttp1MaxSize(limits.inFlight()));
  }

  /** Tries it once; never fails. */
  Future<Answer> post(URI hook, JsonObject body) {
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(hook.toString())
            .setTimeout(timeoutMillis)
            .putHeader("Content-Type", "application/json");
    return client
        .request(request)
        .compose(ready -> ready.send(body.toBuffer()))
        .map(this::answer)
        // Its message may name the URL, which may hold a secret.
        .otherwise(failure -> new Answer(Outcome.FAILED, failure.getClass().getSimpleName()));
  }

  private Answer answer(HttpClientResponse response) {
    // Nobody reads what else it says, and nobody waits for it without end.
    response
        .end()
        .timeout(timeoutMillis, TimeUnit.MILLISECONDS)
        .onFailure(late -> response.request().reset());
    return new Answer(outcome(response.statusCode()), "status " + response.statusCode());
  }

  private static Outcome outcome(int status) {
    if (status == 410) {
      return Outcome.GONE;
    }
    return switch (status / 100) {
      case 2 -> Outcome.TAKEN;
      case 5 -> Outcome.FAILED;
      default -> Outcome.REFUSED;
    };
  }
}
