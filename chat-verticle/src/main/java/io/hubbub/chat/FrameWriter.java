package io.hubbub.chat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * Writes bytes that are UTF-8 already as a text frame. The only user of Vert.x internals: its
 * public way takes a string and encodes it anew for each socket.
 */
final class FrameWriter {
  private FrameWriter() {}

  static void text(WebSocketBase socket, Buffer utf8) {
    socket.writeFrame(
        new WebSocketFrameImpl(
            WebSocketFrameType.TEXT, ((BufferInternal) utf8).getByteBuf(), true));
  }
}
