package io.hubbub.chat.rest;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.chat.protocol.JsonOut;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures as problem documents (RFC 9457), with the code of the protocol. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final String TYPE = "application/problem+json";

  private Problems() {}

  /** Answers a request with what went wrong. */
  static void answer(RoutingContext context, @Nullable Throwable failure) {
    if (failure instanceof HubbubException known) {
      end(context, known.code().status(), known.code(), known.getMessage(), known.retryAfterMs());
    } else if (failure instanceof HttpException http) {
      status(context, http.getStatusCode());
    } else {
      LOG.error("{} {} failed", context.request().method(), context.normalizedPath(), failure);
      end(context, 500, ErrorCode.INTERNAL, "a defect of the server, see its log", 0);
    }
  }

  /** Answers a request that failed with nothing but a status. */
  static void status(RoutingContext context, int status) {
    switch (status) {
      case 401 -> end(context, 401, ErrorCode.UNAUTHENTICATED, "log in first", 0);
      case 403 -> end(context, 403, ErrorCode.FORBIDDEN, "that is not allowed", 0);
      case 404 -> end(context, 404, ErrorCode.NOT_FOUND, "there is nothing at this path", 0);
      case 405 -> end(context, 405, ErrorCode.BAD_REQUEST, "this path knows other methods", 0);
      case 413 -> end(context, 413, ErrorCode.TOO_LARGE, "the body is too large", 0);
      case 415 -> end(context, 415, ErrorCode.BAD_REQUEST, "the body must be JSON", 0);
      case 503 -> end(context, 503, ErrorCode.UNAVAILABLE, "not now", 1000);
      default ->
          end(
              context,
              status,
              status < 500 ? ErrorCode.BAD_REQUEST : ErrorCode.INTERNAL,
              status < 500 ? "the request is malformed" : "a defect of the server, see its log",
              0);
    }
  }

  private static void end(
      RoutingContext context, int status, ErrorCode code, String detail, long retryAfterMs) {
    HttpServerResponse response = context.response();
    if (response.headWritten() || response.ended()) {
      response.reset();
      return;
    }
    long retry = retryAfterMs > 0 || !code.temporary() ? retryAfterMs : 1000;
    JsonOut out = new JsonOut();
    out.object().field("type", "about:blank").field("title", title(code));
    out.field("status", status).field("detail", detail).field("code", code.label());
    out.field("temporary", code.temporary());
    if (retry > 0) {
      out.field("retryAfterMs", retry);
      response.putHeader("Retry-After", Long.toString((retry + 999) / 1000));
    }
    out.endObject();
    if (status == 401) {
      boolean shown = context.request().headers().contains("Authorization");
      response.putHeader("WWW-Authenticate", shown ? "Bearer error=\"invalid_token\"" : "Bearer");
    }
    response.putHeader("Content-Type", TYPE).putHeader("Cache-Control", "no-store");
    response.setStatusCode(status).end(out.toBuffer());
  }

  private static String title(ErrorCode code) {
    String words = code.label().replace('_', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
