package io.hubbub.chat.rest;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * Says to browsers which pages may read our answers, and answers their preflights. Tokens travel in
 * a header that only a page which holds them can set; the cookies of streams open nothing but their
 * stream, and are not sent from elsewhere.
 */
final class Cors implements Handler<RoutingContext> {
  /** May be asked from anywhere, as it says nothing about anybody. */
  static final String OPEN = "/v1/status";

  private final Origins origins;

  Cors(Origins origins) {
    this.origins = origins;
  }

  @Override
  public void handle(RoutingContext context) {
    String origin = context.request().getHeader("Origin");
    HttpServerResponse response = context.response();
    boolean open = OPEN.equals(context.normalizedPath());
    boolean listed = origin != null && origins.listed(origin);
    if (open) {
      response.putHeader("Access-Control-Allow-Origin", "*");
    } else {
      response.putHeader("Vary", "Origin");
      if (listed) {
        response.putHeader("Access-Control-Allow-Origin", origin);
      }
    }
    if (open || listed) {
      response.putHeader("Access-Control-Expose-Headers", "Retry-After");
    }
    boolean preflight =
        context.request().method().equals(HttpMethod.OPTIONS)
            && context.request().headers().contains("Access-Control-Request-Method");
    if (!preflight) {
      context.next();
      return;
    }
    if (open || listed) {
      response.putHeader("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
      response.putHeader(
          "Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key");
      response.putHeader("Access-Control-Max-Age", "600");
    }
    response.setStatusCode(204).end();
  }
}
