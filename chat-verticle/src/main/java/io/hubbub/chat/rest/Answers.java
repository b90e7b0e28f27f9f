package io.hubbub.chat.rest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sends answers; bulk ones by gzip, where the client takes that and it is worth it. */
final class Answers {
  private static final int WORTH_IT_BYTES = 1024;

  /** What is larger is compressed by a worker, in bytes. */
  private static final int ON_THE_LOOP_BYTES = 16 * 1024;

  private final Vertx vertx;

  Answers(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Sends; done when it is handed over. */
  Future<Void> send(RoutingContext context, Answer answer) {
    if (answer.equals(Answer.STREAM)) {
      return Future.succeededFuture();
    }
    HttpServerResponse response = context.response();
    response.setStatusCode(answer.status()).putHeader("Cache-Control", "no-store");
    if (answer.retryAfterSeconds() > 0) {
      response.putHeader("Retry-After", Integer.toString(answer.retryAfterSeconds()));
    }
    Buffer json = answer.json();
    if (json == null) {
      response.end();
      return Future.succeededFuture();
    }
    response.putHeader("Content-Type", "application/json");
    if (!answer.bulk()) {
      response.end(json);
      return Future.succeededFuture();
    }
    response.headers().add("Vary", "Accept-Encoding");
    if (json.length() < WORTH_IT_BYTES
        || !takesGzip(context.request().getHeader("Accept-Encoding"))) {
      response.end(json);
      return Future.succeededFuture();
    }
    Future<Buffer> small =
        json.length() <= ON_THE_LOOP_BYTES
            ? Future.succeededFuture(Gzip.fast(json))
            : vertx.executeBlocking(() -> Gzip.fast(json), false);
    return small.map(
        zipped -> {
          if (!response.closed()) {
            response.putHeader("Content-Encoding", "gzip").end(zipped);
          }
          return null;
        });
  }

  /** Whether such an {@code Accept-Encoding} takes gzip. */
  static boolean takesGzip(@Nullable String header) {
    if (header == null) {
      return false;
    }
    for (String one : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = one.strip().split(";", 2);
      if (parts[0].strip().equals("gzip") || parts[0].strip().equals("*")) {
        return parts.length == 1 || !parts[1].replace(" ", "").matches("q=0(\\.0*)?");
      }
    }
    return false;
  }
}
