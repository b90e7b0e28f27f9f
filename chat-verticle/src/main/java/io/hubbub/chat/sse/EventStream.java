package io.hubbub.chat.sse;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A response that is a stream of events, as a browser's {@code EventSource} reads it. Data are JSON
 * objects in one line. What is not read waits in the response: whoever writes asks {@link #full}
 * first. A comment is sent into silence, so that proxies keep the connection. Confined to the event
 * loop of its request.
 */
public final class EventStream {
  private static final long COMMENT_MILLIS = 15_000;

  /**
   * When to come back after a loss, at the earliest and at random so much later, in milliseconds.
   */
  private static final int MIN_RETRY = 1_000;

  private static final int RETRY_SPREAD = 2_000;

  private final Vertx vertx;
  private final HttpServerResponse response;
  private final Runnable readable;
  private Runnable gone = () -> {};
  private Buffer waiting = Buffer.buffer();
  private boolean wrote;
  private boolean over;
  private long timer;

  /**
   * Not begun yet: until {@link #begin} the response is as it was.
   *
   * @param readable run when a comment got through, so somebody seems to read
   */
  public EventStream(Vertx vertx, HttpServerResponse response, Runnable readable) {
    this.vertx = vertx;
    this.response = response;
    this.readable = readable;
  }

  /**
   * Sends the head, unless the client has gone already.
   *
   * @param writable run when there is room again
   * @param ended run once when the connection is lost
   */
  public void begin(Runnable writable, Runnable ended) {
    gone = ended;
    if (response.closed()) {
      ended(); // It would not be told any more.
      return;
    }
    head(response).setChunked(true).putHeader("X-Accel-Buffering", "no");
    response.drainHandler(room -> writable.run());
    response.closeHandler(closed -> ended());
    response.exceptionHandler(failure -> ended());
    waiting.appendString(retry(0));
    flush();
    timer = vertx.setPeriodic(COMMENT_MILLIS, tick -> comment());
  }

  /**
   * A stream without events, which says only when to come back.
   *
   * @param afterMillis at the earliest
   */
  public static void comeBack(HttpServerResponse response, long afterMillis) {
    head(response).end(retry(afterMillis));
  }

  private static HttpServerResponse head(HttpServerResponse response) {
    return response
        .setStatusCode(200)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store, no-transform");
  }

  private static String retry(long least) {
    long from = Math.max(MIN_RETRY, least);
    return "retry: " + (from + ThreadLocalRandom.current().nextInt(RETRY_SPREAD)) + "\n\n";
  }

  /** Whether the head was sent. */
  public boolean begun() {
    return response.headWritten();
  }

  /** Whether so much waits that writing should wait, too. */
  public boolean full() {
    return response.writeQueueFull();
  }

  /**
   * Adds an event, sent with the next {@link #flush}.
   *
   * @param id what a client that comes back names as the last that it has; null: unchanged
   */
  public void event(String name, Buffer json, @Nullable String id) {
    if (id != null) {
      waiting.appendString("id: ").appendString(id).appendByte((byte) '\n');
    }
    waiting.appendString("event: ").appendString(name).appendString("\ndata: ");
    waiting.appendBuffer(json).appendString("\n\n");
  }

  /** Sends what was added. */
  public void flush() {
    if (!over && waiting.length() > 0) {
      Buffer now = waiting;
      waiting = Buffer.buffer();
      wrote = true;
      response.write(now);
    }
  }

  /** Ends the stream after what was added; does nothing when it has ended. */
  public void end() {
    if (!over) {
      flush();
      over = true;
      vertx.cancelTimer(timer);
      response.end();
    }
  }

  private void comment() {
    if (full()) {
      return;
    }
    if (!wrote) {
      response.write(Buffer.buffer(":\n\n"));
    }
    wrote = false;
    readable.run();
  }

  private void ended() {
    if (!over) {
      over = true;
      vertx.cancelTimer(timer);
      gone.run();
    }
  }
}
