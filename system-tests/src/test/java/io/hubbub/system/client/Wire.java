package io.hubbub.system.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that carries lines. Lines that are written while a frame is on its way go together in
 * the next one, as the protocol allows. Thread-safe.
 */
public final class Wire implements WebSocket.Listener {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
  private static final int FRAME_CHARS = 60_000;

  /** Who hears what arrives, one call at a time. */
  public interface Ears {
    /** A line has arrived. */
    void line(String line);

    /** Nothing more will arrive; 1006 where there was no closing handshake. */
    void closed(int code, String reason);
  }

  private final Ears ears;
  private final StringBuilder text = new StringBuilder();
  private final Deque<String> waiting = new ArrayDeque<>();
  private final AtomicLong received = new AtomicLong();
  private @Nullable WebSocket socket;
  private boolean sending;
  private boolean reading = true;
  private boolean owed;
  private boolean ended;

  private Wire(Ears ears) {
    this.ears = ears;
  }

  /** Connects to {@code /v1/socket} of a node, or of what stands before some. */
  public static CompletableFuture<Wire> open(URI node, Ears ears) {
    Wire wire = new Wire(ears);
    URI uri =
        URI.create((Tls.over(node) ? "wss://" : "ws://") + node.getAuthority() + "/v1/socket");
    return Tls.http(node, HTTP)
        .newWebSocketBuilder()
        .connectTimeout(Duration.ofSeconds(5))
        .subprotocols("hubbub.v1")
        .buildAsync(uri, wire)
        .thenApply(connected -> wire);
  }

  /** Sends a line, after those before it. */
  public synchronized void send(String line) {
    waiting.add(line);
    flush();
  }

  private synchronized void flush() {
    WebSocket open = socket;
    if (sending || waiting.isEmpty() || ended || open == null) {
      return;
    }
    StringBuilder frame = new StringBuilder(waiting.remove());
    while (!waiting.isEmpty() && frame.length() + waiting.element().length() < FRAME_CHARS) {
      frame.append('\n').append(waiting.remove());
    }
    sending = true;
    open.sendText(frame, true)
        .whenComplete(
            (sent, failure) -> {
              synchronized (this) {
                sending = false;
              }
              if (failure == null) {
                flush();
              } else {
                end(1006, failure.toString());
              }
            });
  }

  /** Reads nothing more from the socket, until {@link #startReading}. */
  public synchronized void stopReading() {
    reading = false;
  }

  /** Reads on. */
  public synchronized void startReading() {
    reading = true;
    if (owed && socket != null) {
      owed = false;
      socket.request(1);
    }
  }

  /** How many bytes of text have arrived. */
  public long received() {
    return received.get();
  }

  /** Cuts the connection without a word. */
  public synchronized void cut() {
    ended = true;
    if (socket != null) {
      socket.abort();
    }
  }

  @Override
  public synchronized void onOpen(WebSocket opened) {
    socket = opened;
    opened.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      String frame = text.toString();
      text.setLength(0);
      received.addAndGet(frame.getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
      frame.lines().filter(line -> !line.isBlank()).forEach(ears::line);
    }
    next(from);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    next(from);
    return null;
  }

  private synchronized void next(WebSocket from) {
    if (reading) {
      from.request(1);
    } else {
      owed = true;
    }
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    end(code, reason);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    end(1006, String.valueOf(failure));
  }

  private void end(int code, String reason) {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
    }
    ears.closed(code, reason);
  }
}
