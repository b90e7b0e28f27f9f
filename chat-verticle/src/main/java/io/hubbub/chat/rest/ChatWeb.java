package io.hubbub.chat.rest;

import io.hubbub.chat.auth.Passwords;
import io.hubbub.chat.auth.Tokens;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * All that the edge serves over plain HTTP. Blocks for some milliseconds while it reads its
 * documents, so it is made once, at the start; its routes never block.
 */
public final class ChatWeb {
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  private ChatWeb() {}

  /**
   * Adds REST, its documents and the page's files to a router, and problem documents for what it
   * has no route for. What must come before them, such as the socket's path, is added before.
   *
   * @param cluster what administrators look at
   * @param streams opens what sessions feed
   * @param draining whether the node is about to leave
   * @throws IllegalStateException when the OpenAPI document and the code differ
   */
  public static void mount(
      Router router,
      Vertx vertx,
      Backend backend,
      ClusterView cluster,
      Streams streams,
      Tokens tokens,
      Passwords passwords,
      RestOptions options,
      BooleanSupplier draining) {
    TokenGate gate = new TokenGate(tokens, backend);
    StreamGate streamGate = new StreamGate(gate, backend, options.proxies());
    Accounts accounts = new Accounts(backend, tokens, passwords, options);
    ApiDocument document = ApiDocument.load();
    Map<String, Operation> operations = new HashMap<>();
    operations.putAll(new AccountOperations(accounts, gate).all());
    operations.putAll(new UserOperations(backend).all());
    operations.putAll(new ConversationOperations(backend, options).all());
    operations.putAll(new RoomOperations(backend, options).all());
    operations.putAll(new FriendOperations(backend, options).all());
    AuditLog audit = new AuditLog(backend);
    operations.putAll(audit.all());
    operations.putAll(streamGate.all());
    operations.putAll(new Occupancy(backend, cluster, options).all());
    operations.putAll(new StreamOperations(streams, cluster, backend).all());
    operations.putAll(new AdminPresence(backend, cluster, audit).all());
    operations.putAll(new AdminSessions(cluster, audit).all());
    operations.putAll(new AdminNodes(cluster, audit).all());
    operations.putAll(new EventOperations(backend, options).all());
    operations.putAll(
        new NodeOperations(
                backend, draining, document.text(), ApiDocument.resource("asyncapi.json"))
            .all());
    ApiRoutes routes =
        new ApiRoutes(document, operations, gate, streamGate, new Answers(vertx), options);

    router.route().handler(ChatWeb::secure);
    router.route().handler(new Cors(new Origins(options.origins())));
    routes.mount(router);
    router.route().handler(new WebFiles(vertx));
    for (int status : new int[] {400, 401, 403, 404, 405, 413, 414, 415, 500, 503}) {
      router.errorHandler(status, context -> failed(context, status));
    }
  }

  private static void secure(RoutingContext context) {
    MultiMap headers = context.response().headers();
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    context.next();
  }

  private static void failed(RoutingContext context, int status) {
    if (context.failure() == null) {
      Problems.status(context, status);
    } else {
      Problems.answer(context, context.failure());
    }
  }
}
