package io.hubbub.system.client;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * REST of a node.
 *
 * @param node where it listens
 * @param token the bearer token; empty for none
 */
public record Rest(URI node, String token) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param text the body
   * @param type the content type
   * @param response everything else
   */
  public record Answer(int status, String text, String type, HttpResponse<String> response) {
    /** The body as an object. */
    public JsonObject json() {
      return new JsonObject(text);
    }

    /** This answer, when it has the status. */
    public Answer expect(int wanted) {
      if (status != wanted) {
        throw new AssertionError("status " + status + " instead of " + wanted + ": " + text);
      }
      return this;
    }

    /** This answer, when it is a problem document with this code. */
    public Answer expectProblem(int wanted, String code) {
      expect(wanted);
      if (!type.startsWith("application/problem+json") || !code.equals(json().getString("code"))) {
        throw new AssertionError("no problem " + code + ": " + type + " " + text);
      }
      return this;
    }
  }

  /** GET. */
  public Answer get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  /** POST of JSON. */
  public Answer post(String path, JsonObject body) throws IOException, InterruptedException {
    return send(request(path).POST(BodyPublishers.ofString(body.encode())));
  }

  /** POST of JSON with an idempotency key. */
  public Answer post(String path, JsonObject body, String key)
      throws IOException, InterruptedException {
    return send(
        request(path).header("Idempotency-Key", key).POST(BodyPublishers.ofString(body.encode())));
  }

  /** POST of JSON, whose answer is not waited for. */
  public CompletableFuture<Answer> postLater(String path, JsonObject body) {
    return Tls.http(node, HTTP)
        .sendAsync(
            request(path).POST(BodyPublishers.ofString(body.encode())).build(),
            BodyHandlers.ofString())
        .thenApply(Rest::answer);
  }

  /** PUT, PATCH or DELETE. */
  public Answer call(String method, String path, JsonObject body)
      throws IOException, InterruptedException {
    return send(request(path).method(method, BodyPublishers.ofString(body.encode())));
  }

  /** DELETE. */
  public Answer delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE());
  }

  /** A request to be completed, with token and content type. */
  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json");
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  /** Sends a completed request. */
  public Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return answer(Tls.http(node, HTTP).send(request.build(), BodyHandlers.ofString()));
  }

  private static Answer answer(HttpResponse<String> response) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    return new Answer(response.statusCode(), response.body(), type, response);
  }

  /** Makes a room with members that are known; its id. */
  public String room(String name, List<String> members) throws IOException, InterruptedException {
    JsonObject body = new JsonObject().put("name", name).put("users", new JsonArray(members));
    Answer answer = post("/v1/rooms", body);
    if (answer.status() / 100 != 2) {
      throw new AssertionError("no room: " + answer.text());
    }
    return answer.json().getString("id");
  }
}
