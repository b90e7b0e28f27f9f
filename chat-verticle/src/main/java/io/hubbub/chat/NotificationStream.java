package io.hubbub.chat;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.chat.protocol.JsonOut;
import io.hubbub.chat.sse.EventStream;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A session that only listens, over server-sent events: presence, friends and what is unread, for
 * pages that are not the chat. Its session sits in all conversations and is told heads, of which
 * {@link UnreadCounts} makes counts. Confined to its event loop.
 */
final class NotificationStream implements Transport {
  private final EdgeShard shard;
  private final EventStream stream;
  private @Nullable Session session;
  private @Nullable UnreadCounts unread;
  private @Nullable HubbubException refused;

  /** Over a response that is not begun. */
  NotificationStream(Vertx vertx, EdgeShard shard, HttpServerResponse response) {
    this.shard = shard;
    this.stream = new EventStream(vertx, response, this::heard);
  }

  /** Connects it, before anything is written. */
  void connect(Session of, UnreadCounts counts) {
    session = of;
    unread = counts;
  }

  /** The session has said hello: all that the client is to know is told. */
  void begin() {
    Session of = session;
    UnreadCounts counts = unread;
    if (of == null || counts == null) {
      return;
    }
    stream.begin(
        () -> {
          of.writable();
          counts.look();
        },
        () -> {
          counts.end();
          of.gone();
        });
    if (!of.open()) {
      return;
    }
    JsonOut out = new JsonOut().object().field("user", of.user());
    out.field("session", of.id).field("node", shard.node());
    stream.event("open", out.endObject().toBuffer(), null);
    counts.begin(stream);
    stream.flush();
  }

  /** Why the session was closed before the stream began, or null. */
  @Nullable HubbubException refused() {
    return refused;
  }

  private void heard() {
    Session of = session;
    if (of != null) {
      of.heard();
    }
  }

  @Override
  public void write(Buffer lines) {
    int from = 0;
    for (int i = 0; i <= lines.length(); i++) {
      if (i == lines.length() || lines.getByte(i) == '\n') {
        if (i > from) {
          line(lines.slice(from, i));
        }
        from = i + 1;
      }
    }
  }

  /** What is meant for those who show the chat itself is not for here. */
  private void line(Buffer line) {
    JsonObject event = new JsonObject(line);
    String name = event.getString("ev", "");
    UnreadCounts counts = unread;
    switch (name) {
      case "presence", "friend", "reconnect", "expiring" -> stream.event(name, line, null);
      case "head", "gap", "reset", "membership", "read" -> {
        boolean others = name.equals("read") && !event.containsKey("unread");
        if (counts != null && !others) {
          counts.moved();
        }
      }
      default -> {}
    }
  }

  @Override
  public void flush() {
    stream.flush();
  }

  @Override
  public boolean full() {
    return stream.full();
  }

  /** A client that only listens cannot be told to be silent. */
  @Override
  public void pause() {}

  @Override
  public void resume() {}

  /** The stream sends comments by itself, and says when they get through. */
  @Override
  public void ping() {}

  @Override
  public void close(CloseCode code, String reason) {
    UnreadCounts counts = unread;
    if (counts != null) {
      counts.end();
    }
    if (!stream.begun()) {
      refused =
          code == CloseCode.TOO_MANY_SESSIONS
              ? new HubbubException(ErrorCode.RATE_LIMITED, "too many sessions", 60_000)
              : new HubbubException(ErrorCode.UNAVAILABLE, "the session was ended at once");
      return;
    }
    JsonOut out = new JsonOut().object().field("code", code.code()).field("reason", reason);
    stream.event("close", out.endObject().toBuffer(), null);
    stream.end();
  }
}
