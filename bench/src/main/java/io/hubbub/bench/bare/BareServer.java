package io.hubbub.bench.bare;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The limit: what a client sends goes to everybody in its room, with a number, and that is all. The
 * bytes are those that Hubbub would send. It checks nothing, parses nothing and forgets everything.
 *
 * <p>Arguments: the port, and {@code each} (one write per message and socket) or {@code joined}
 * (what has come in one turn of the event loop is one frame, whose bytes all sockets share).
 */
public final class BareServer {
  private static final int CONVERSATION = "{\"op\":\"send\",\"conversation\":\"".length();
  private static final int AFTER_CONVERSATION = CONVERSATION + 36 + 1;
  private static final int REPLY_ID = ",\"id\":1}".length();

  private final boolean joined;
  private final Map<String, Room> rooms = new HashMap<>();
  private final List<Room> waiting = new ArrayList<>();

  private BareServer(boolean joined) {
    this.joined = joined;
  }

  private static final class Room {
    private final List<ServerWebSocket> sockets = new ArrayList<>();
    private Buffer pending = Buffer.buffer();
    private long head;
  }

  /** Starts it. */
  public static void main(String[] args) {
    BareServer server = new BareServer(args[1].equals("joined"));
    Vertx vertx = Vertx.vertx();
    vertx
        .createHttpServer(
            new HttpServerOptions()
                .setPort(Integer.parseInt(args[0]))
                .setHost("127.0.0.1")
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false))
        .webSocketHandler(socket -> server.opened(vertx.getOrCreateContext(), socket))
        .listen()
        .onSuccess(done -> System.out.println("bare server is ready"))
        .onFailure(
            failure -> {
              System.out.println(failure);
              System.exit(1);
            });
  }

  private void opened(Context context, ServerWebSocket socket) {
    String query = String.valueOf(socket.query());
    int middle = query.indexOf("&rooms=");
    byte[] user = query.substring("user=".length(), middle).getBytes(StandardCharsets.US_ASCII);
    for (String id : query.substring(middle + "&rooms=".length()).split(",", 0)) {
      if (!id.isEmpty()) {
        rooms.computeIfAbsent(id, any -> new Room()).sockets.add(socket);
      }
    }
    socket.frameHandler(
        frame -> {
          if (frame.isText()) {
            said(context, user, frame.binaryData());
          }
        });
  }

  private void said(Context context, byte[] user, Buffer command) {
    String id =
        command.getString(CONVERSATION, CONVERSATION + 36, StandardCharsets.US_ASCII.name());
    Room room = rooms.get(id);
    if (room == null) {
      throw new IllegalStateException("nobody is in " + id);
    }
    Buffer line = Buffer.buffer(command.length() + 80);
    line.appendString("{\"ev\":\"message\",\"conversation\":\"").appendString(id);
    line.appendString("\",\"seq\":").appendString(Long.toString(++room.head));
    line.appendString(",\"from\":\"").appendBytes(user).appendString("\",\"at\":");
    line.appendString(Long.toString(System.currentTimeMillis()));
    line.appendBuffer(
        command, AFTER_CONVERSATION, command.length() - REPLY_ID - AFTER_CONVERSATION);
    line.appendString("}");
    if (!joined) {
      write(room, line);
      return;
    }
    if (room.pending.length() == 0) {
      if (waiting.isEmpty()) {
        context.runOnContext(turn -> flush());
      }
      waiting.add(room);
    } else {
      room.pending.appendByte((byte) '\n');
    }
    room.pending.appendBuffer(line);
  }

  private void flush() {
    List<Room> now = new ArrayList<>(waiting);
    waiting.clear();
    for (Room room : now) {
      Buffer lines = room.pending;
      room.pending = Buffer.buffer();
      write(room, lines);
    }
  }

  private static void write(Room room, Buffer lines) {
    ByteBuf shared = Unpooled.directBuffer(lines.length()).writeBytes(lines.getBytes());
    for (ServerWebSocket socket : room.sockets) {
      socket.writeFrame(
          new WebSocketFrameImpl(WebSocketFrameType.TEXT, shared.retainedDuplicate(), true));
    }
    shared.release();
  }
}
