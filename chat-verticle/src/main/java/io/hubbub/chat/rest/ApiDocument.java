package io.hubbub.chat.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The OpenAPI document, which is the router: what it does not name is not there. */
final class ApiDocument {
  /** What begins so is for administrators alone. */
  private static final String ADMIN = "/v1/admin/";

  private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

  /**
   * One operation that it names.
   *
   * @param path of vertx-web, with {@code :name} for a parameter
   * @param login whether a token must be shown
   * @param ticket whether a ticket will do instead
   * @param admin whether it must be an administrator's
   * @param body whether it takes a body
   */
  record Endpoint(
      String id,
      HttpMethod method,
      String path,
      boolean login,
      boolean ticket,
      boolean admin,
      boolean body) {}

  private final Buffer text;
  private final List<Endpoint> endpoints = new ArrayList<>();

  private ApiDocument(Buffer text) {
    this.text = text;
    JsonObject document = new JsonObject(text);
    boolean secured = needsLogin(document);
    JsonObject paths = document.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      JsonObject item = paths.getJsonObject(path);
      for (String method : METHODS) {
        if (item.getValue(method) instanceof JsonObject operation) {
          endpoints.add(
              new Endpoint(
                  operation.getString("operationId"),
                  HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)),
                  path.replaceAll("\\{(\\w+)}", ":$1"),
                  operation.containsKey("security") ? needsLogin(operation) : secured,
                  takesTicket(operation),
                  path.startsWith(ADMIN),
                  operation.containsKey("requestBody")));
        }
      }
    }
  }

  /** Reads {@code openapi.json}. */
  static ApiDocument load() {
    return new ApiDocument(resource("openapi.json"));
  }

  /** A file of the class path. */
  static Buffer resource(String name) {
    try (InputStream in = ApiDocument.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Buffer text() {
    return text;
  }

  List<Endpoint> endpoints() {
    return endpoints;
  }

  private static boolean takesTicket(JsonObject operation) {
    return operation.getJsonArray("security", new JsonArray()).stream()
        .anyMatch(each -> each instanceof JsonObject way && way.containsKey("ticket"));
  }

  private static boolean needsLogin(JsonObject owner) {
    return !owner.getJsonArray("security", new JsonArray()).isEmpty();
  }
}
