package io.hubbub.server.http;

import io.hubbub.api.node.Health;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code GET /health/live}: 200 while the process answers. {@code GET /health/ready}: 200, or 503
 * with the problems by part. {@code GET /metrics}: Prometheus' text format. Safe on any event loop.
 */
public final class OperatorRoutes implements Consumer<Router> {
  private final String node;
  private final Health health;
  private final PrometheusMeterRegistry metrics;

  /** For one node. */
  public OperatorRoutes(String node, Health health, PrometheusMeterRegistry metrics) {
    this.node = node;
    this.health = health;
    this.metrics = metrics;
  }

  @Override
  public void accept(Router router) {
    router.get("/health/live").handler(ctx -> answer(ctx, 200, "live", Map.of()));
    router.get("/health/ready").handler(this::ready);
    router.get("/metrics").handler(this::metrics);
  }

  private void ready(RoutingContext ctx) {
    Map<String, String> problems = health.problems();
    boolean ready = problems.isEmpty();
    answer(ctx, ready ? 200 : 503, ready ? "ready" : "unready", problems);
  }

  /** Collected on a worker, as it may take a while; answered on the request's own loop. */
  private void metrics(RoutingContext ctx) {
    ctx.vertx()
        .executeBlocking(metrics::scrape, false)
        .onSuccess(
            text ->
                ctx.response()
                    .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                    .end(text))
        .onFailure(ctx::fail);
  }

  private void answer(RoutingContext ctx, int status, String word, Map<String, String> problems) {
    JsonObject body = new JsonObject().put("status", word).put("node", node);
    if (!problems.isEmpty()) {
      JsonObject parts = new JsonObject();
      problems.forEach(parts::put);
      body.put("problems", parts);
    }
    ctx.response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(body.encode());
  }
}
