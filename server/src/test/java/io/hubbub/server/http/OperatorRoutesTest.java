package io.hubbub.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.node.Health;
import io.hubbub.server.config.HttpConfig;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a load balancer and a metrics collector are told. */
class OperatorRoutesTest {
  private final Vertx vertx = Vertx.vertx();
  private final Health health = new Health();
  private final Metrics metrics = new Metrics("n");
  private int port;

  @BeforeEach
  void listen() throws Exception {
    port =
        OperatorServer.listen(
                vertx,
                new HttpConfig("127.0.0.1", 0),
                new OperatorRoutes("n~1", health, metrics.registry()))
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS)
            .actualPort();
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    metrics.close();
  }

  @Test
  void readyWhileNobodyNamesAProblem() throws Exception {
    assertEquals(200, get("/health/ready").statusCode());
    health.problem("lane-0", "no connection");
    HttpResponse<String> unready = get("/health/ready");
    assertEquals(503, unready.statusCode());
    assertEquals(
        "{\"status\":\"unready\",\"node\":\"n~1\",\"problems\":{\"lane-0\":\"no connection\"}}",
        unready.body());
    assertEquals(200, get("/health/live").statusCode());
    health.ok("lane-0");
    assertEquals(200, get("/health/ready").statusCode());
  }

  @Test
  void metricsAreInPrometheusFormat() throws Exception {
    metrics.registry().counter("hubbub.test").increment();
    String text = get("/metrics").body();
    assertTrue(text.contains("hubbub_test_total{node=\"n\"} 1.0"), text);
    assertTrue(text.contains("jvm_memory_used_bytes"));
    assertTrue(text.contains("process_cpu_usage"));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
