package io.hubbub.chat.rest;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves the page's files from {@code web/} on the class path, from memory after the first time.
 * Browsers keep them and ask each time whether they are still the same. Safe from any thread.
 */
final class WebFiles implements Handler<RoutingContext> {
  /** No segment begins with a dot, so none leads out of the folder. */
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*){1,8}");

  private static final int MAX_PATH = 200;

  /** Pages by the addresses that people type. */
  private static final Map<String, String> PAGES =
      Map.of(
          "/", "/index.html",
          "/admin", "/admin/index.html",
          "/admin/", "/admin/index.html");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "webmanifest", "application/manifest+json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "woff2", "font/woff2",
          "ico", "image/x-icon",
          "txt", "text/plain; charset=utf-8");

  private record WebFile(String type, Buffer plain, Buffer zipped, String tag) {}

  private final Vertx vertx;
  private final Map<String, WebFile> files = new ConcurrentHashMap<>();

  WebFiles(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpMethod method = context.request().method();
    String path = context.normalizedPath();
    String file = PAGES.getOrDefault(path, path);
    if (!(method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD))
        || file.length() > MAX_PATH
        || !TYPES.containsKey(ending(file))
        || !PATH.matcher(file).matches()) {
      context.next();
      return;
    }
    WebFile known = files.get(file);
    Future<@Nullable WebFile> found =
        known == null
            ? vertx.executeBlocking(() -> load(file), false)
            : Future.succeededFuture(known);
    found
        .onSuccess(
            one -> {
              if (one == null) {
                context.next();
              } else {
                files.put(file, one);
                send(context, one);
              }
            })
        .onFailure(failure -> Problems.answer(context, failure));
  }

  private static void send(RoutingContext context, WebFile file) {
    HttpServerResponse response = context.response();
    response.putHeader("Cache-Control", "no-cache").putHeader("ETag", file.tag());
    response.putHeader("Vary", "Accept-Encoding");
    String held = context.request().getHeader("If-None-Match");
    if (held != null && (held.contains(file.tag()) || held.strip().equals("*"))) {
      response.setStatusCode(304).end();
      return;
    }
    boolean zip =
        file.zipped().length() < file.plain().length()
            && Answers.takesGzip(context.request().getHeader("Accept-Encoding"));
    Buffer body = zip ? file.zipped() : file.plain();
    response.putHeader("Content-Type", file.type());
    response.putHeader("Content-Length", Integer.toString(body.length()));
    // Named even where it is plain, so that nothing compresses it another time.
    response.putHeader("Content-Encoding", zip ? "gzip" : "identity");
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(body);
    }
  }

  private static @Nullable WebFile load(String file) throws IOException {
    try (InputStream in = WebFiles.class.getClassLoader().getResourceAsStream("web" + file)) {
      if (in == null) {
        return null;
      }
      byte[] bytes = in.readAllBytes();
      Buffer plain = Buffer.buffer(bytes);
      String type = TYPES.getOrDefault(ending(file), "application/octet-stream");
      return new WebFile(type, plain, Gzip.small(plain), tag(bytes));
    }
  }

  private static String ending(String file) {
    return file.substring(file.lastIndexOf('.') + 1);
  }

  /** Weak, as plain and compressed bytes share it. */
  private static String tag(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "W/\"" + HexFormat.of().formatHex(hash, 0, 12) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
