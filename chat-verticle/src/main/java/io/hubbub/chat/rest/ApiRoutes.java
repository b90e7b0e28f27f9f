package io.hubbub.chat.rest;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.chat.auth.Identity;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes routes of the OpenAPI document's paths and operations of its {@code operationId}s. */
final class ApiRoutes {
  private final ApiDocument document;
  private final Map<String, Operation> operations;
  private final TokenGate gate;
  private final StreamGate streams;
  private final Answers answers;
  private final Proxies proxies;
  private final Handler<RoutingContext> bodies;

  /**
   * Checks that the document and the code agree.
   *
   * @throws IllegalStateException naming the operations that only one of them has
   */
  ApiRoutes(
      ApiDocument document,
      Map<String, Operation> operations,
      TokenGate gate,
      StreamGate streams,
      Answers answers,
      RestOptions options) {
    this.document = document;
    this.operations = operations;
    this.gate = gate;
    this.streams = streams;
    this.answers = answers;
    this.proxies = options.proxies();
    BodyHandler reader = BodyHandler.create(false).setBodyLimit(options.requestBytes());
    // Not as itself: vertx-web wants it before all other handlers, the check of the type too.
    bodies = context -> reader.handle(context);
    TreeSet<String> named = new TreeSet<>();
    document.endpoints().forEach(endpoint -> named.add(endpoint.id()));
    TreeSet<String> odd = new TreeSet<>(operations.keySet());
    odd.removeAll(named);
    named.removeAll(operations.keySet());
    odd.addAll(named);
    if (!odd.isEmpty()) {
      throw new IllegalStateException("openapi.json and the code differ in " + odd);
    }
  }

  /** Adds the routes. */
  void mount(Router router) {
    Map<String, TreeSet<String>> methods = new TreeMap<>();
    for (ApiDocument.Endpoint endpoint : document.endpoints()) {
      methods
          .computeIfAbsent(endpoint.path(), path -> new TreeSet<>())
          .add(endpoint.method().name());
      Route route = router.route(endpoint.method(), endpoint.path());
      if (endpoint.body()) {
        route.handler(ApiRoutes::requireJson).handler(bodies);
      }
      Operation operation = operation(endpoint.id());
      route.handler(context -> run(context, endpoint, operation));
      route.failureHandler(context -> fail(context));
    }
    methods.forEach(
        (path, allowed) -> {
          if (allowed.contains(HttpMethod.GET.name())) {
            allowed.add(HttpMethod.HEAD.name());
          }
          router
              .route(path)
              .handler(
                  context -> {
                    context.response().putHeader("Allow", String.join(", ", allowed));
                    Problems.status(context, 405);
                  });
        });
  }

  private Operation operation(String id) {
    Operation operation = operations.get(id);
    if (operation == null) {
      throw new IllegalStateException("no operation " + id);
    }
    return operation;
  }

  private void run(RoutingContext context, ApiDocument.Endpoint endpoint, Operation operation) {
    Future<@Nullable Identity> entered =
        endpoint.login() ? enter(context, endpoint) : Future.succeededFuture();
    entered
        .compose(
            identity -> {
              if (endpoint.admin() && (identity == null || !identity.admin())) {
                context.response().setStatusCode(403).end();
                return Future.succeededFuture();
              }
              JsonObject body = endpoint.body() ? json(context.body().buffer()) : new JsonObject();
              return operation
                  .run(new Call(context, proxies, identity, body))
                  .compose(answer -> answers.send(context, answer));
            })
        .onFailure(failure -> refuse(context, endpoint, failure));
  }

  private static void refuse(
      RoutingContext context, ApiDocument.Endpoint endpoint, Throwable failure) {
    if (!endpoint.ticket() || !StreamGate.later(context, failure)) {
      Problems.answer(context, failure);
    }
  }

  private Future<@Nullable Identity> enter(RoutingContext context, ApiDocument.Endpoint endpoint) {
    Future<Identity> entered =
        endpoint.ticket()
            ? streams.enter(context)
            : gate.enter(context.request().getHeader("Authorization"));
    return entered.map(identity -> identity);
  }

  private static void fail(RoutingContext context) {
    if (context.failure() == null) {
      Problems.status(context, context.statusCode());
    } else {
      Problems.answer(context, context.failure());
    }
  }

  private static void requireJson(RoutingContext context) {
    String type = context.request().getHeader("Content-Type");
    String bare = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    boolean empty = "0".equals(context.request().getHeader("Content-Length"));
    if (bare.equals("application/json") || (type == null && empty)) {
      context.next();
    } else {
      Problems.status(context, 415);
    }
  }

  private static JsonObject json(@Nullable Buffer body) {
    if (body != null && body.length() > 0) {
      try {
        // Strictly: the JSON parser lets some malformed UTF-8 through.
        String text =
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.getBytes())).toString();
        if (text.stripLeading().startsWith("{")) {
          return new JsonObject(text);
        }
      } catch (CharacterCodingException | DecodeException e) {
        // Answered below.
      }
    }
    throw new HubbubException(ErrorCode.BAD_REQUEST, "the body is not a JSON object");
  }
}
