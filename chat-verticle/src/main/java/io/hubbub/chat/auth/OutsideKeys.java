package io.hubbub.chat.auth;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys of an outside issuer (RFC 7517), from a URL or a file. Read at the start, then
 * every {@code auth.jwks.refresh}, and when a token names a key that is not there, though not more
 * often than every 10 s. While they cannot be read the last ones stay good. Safe from any thread.
 */
final class OutsideKeys {
  private static final Logger LOG = LoggerFactory.getLogger(OutsideKeys.class);
  private static final int MAX_BYTES = 256 * 1024;
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Vertx vertx;
  private final String source;
  private final AuthOptions options;
  private final @Nullable HttpClientAgent client;
  private final Context context;
  private final LongSupplier nanos;
  private final long timer;
  private volatile @Nullable List<OutsideKey> keys;
  private @Nullable Future<Void> reading;
  private long lastRead;

  private OutsideKeys(Vertx vertx, String source, AuthOptions options, LongSupplier nanos) {
    this.nanos = nanos;
    this.context = vertx.getOrCreateContext();
    this.vertx = vertx;
    this.source = source;
    this.options = options;
    String lower = source.toLowerCase(Locale.ROOT);
    boolean remote = lower.startsWith("https://") || lower.startsWith("http://");
    client =
        remote
            ? vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout((int) options.jwksTimeout().toMillis()))
            : null;
    timer = vertx.setPeriodic(options.jwksRefresh().toMillis(), tick -> read());
  }

  /**
   * Reads the keys for the first time. A file that has none fails; a URL that does not answer yet
   * is asked again when the first token comes.
   */
  static Future<OutsideKeys> open(
      Vertx vertx, String source, AuthOptions options, LongSupplier nanos) {
    OutsideKeys keys = new OutsideKeys(vertx, source, options, nanos);
    return keys.read()
        .recover(
            failure -> {
              if (keys.client != null) {
                return Future.succeededFuture();
              }
              keys.close();
              return Future.failedFuture(
                  new IllegalArgumentException("auth.jwks: " + failure.getMessage(), failure));
            })
        .map(keys);
  }

  /**
   * The keys that a token may be signed with; fails with {@code unavailable} while none are known.
   */
  Future<List<OutsideKey>> fitting(Jose token) {
    List<OutsideKey> fitting = fittingNow(token);
    if (!fitting.isEmpty()) {
      return Future.succeededFuture(fitting);
    }
    // Whoever asks goes on where it was: sessions and responses belong to one event loop.
    Context asker = vertx.getOrCreateContext();
    Promise<Void> here = Promise.promise();
    readAgain().onComplete(read -> asker.runOnContext(go -> here.handle(read)));
    return here.future()
        .transform(
            read -> {
              if (keys == null) {
                return Future.failedFuture(
                    new HubbubException(
                        ErrorCode.UNAVAILABLE, "the keys of the issuer are not known yet", 2000));
              }
              return Future.succeededFuture(fittingNow(token));
            });
  }

  void close() {
    vertx.cancelTimer(timer);
    if (client != null) {
      client.close();
    }
  }

  private List<OutsideKey> fittingNow(Jose token) {
    List<OutsideKey> now = keys;
    return now == null ? List.of() : now.stream().filter(key -> key.fits(token)).toList();
  }

  private synchronized Future<Void> readAgain() {
    Future<Void> running = reading;
    if (running != null) {
      return running;
    }
    return nanos.getAsLong() - lastRead < PAUSE_NANOS ? Future.succeededFuture() : read();
  }

  private synchronized Future<Void> read() {
    Future<Void> running = reading;
    if (running != null) {
      return running;
    }
    lastRead = nanos.getAsLong();
    Promise<Void> promise = Promise.promise();
    reading = promise.future();
    load()
        .timeout(options.jwksTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .map(this::parse)
        .onComplete(
            result -> {
              synchronized (this) {
                reading = null;
              }
              if (result.succeeded()) {
                keys = result.result();
                promise.complete();
              } else {
                LOG.warn("Cannot read auth.jwks {}: {}", source, result.cause().getMessage());
                promise.fail(result.cause());
              }
            });
    return promise.future();
  }

  private List<OutsideKey> parse(Buffer text) {
    List<OutsideKey> parsed = OutsideKey.of(vertx, new JsonObject(text));
    if (parsed.isEmpty()) {
      throw new IllegalArgumentException(source + " has no RS256 or ES256 key");
    }
    return parsed;
  }

  private Future<Buffer> load() {
    if (client == null) {
      return vertx.fileSystem().readFile(source);
    }
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(source)
            .putHeader("Accept", "application/json")
            .setTimeout(options.jwksTimeout().toMillis());
    // On one context and listening before sending: otherwise the end of a short answer can pass
    // unheard between two threads.
    Promise<Buffer> answer = Promise.promise();
    context.runOnContext(
        go ->
            client
                .request(request)
                .compose(
                    made -> {
                      Future<Buffer> body = made.response().compose(OutsideKeys::body);
                      return made.send().compose(sent -> body);
                    })
                .onComplete(answer));
    return answer.future();
  }

  private static Future<Buffer> body(HttpClientResponse response) {
    if (response.statusCode() != 200) {
      return Future.failedFuture(new IOException("answered " + response.statusCode()));
    }
    Promise<Buffer> body = Promise.promise();
    Buffer read = Buffer.buffer();
    response.exceptionHandler(body::tryFail);
    response.handler(
        chunk -> {
          if (read.length() + chunk.length() > MAX_BYTES) {
            body.tryFail(new IOException("longer than " + MAX_BYTES + " bytes"));
            response.request().reset();
          } else {
            read.appendBuffer(chunk);
          }
        });
    response.endHandler(end -> body.tryComplete(read));
    return body.future();
  }
}
