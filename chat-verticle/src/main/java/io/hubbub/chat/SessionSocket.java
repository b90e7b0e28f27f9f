package io.hubbub.chat;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;

/** A session's WebSocket: frames in, lines to the session, bytes out. */
final class SessionSocket implements Transport {
  private static final int WRITE_QUEUE_BYTES = 64 << 10;
  private static final int MOST_UNREAD_PONGS = 1_000;

  private final ServerWebSocket socket;
  private final Utf8Gate gate;
  private boolean inBinary;
  private int unread;
  private boolean closed;

  SessionSocket(ServerWebSocket socket, int frameBytes) {
    this.socket = socket;
    this.gate = new Utf8Gate(frameBytes);
  }

  /** Connects a session to its socket. */
  void connect(Session session) {
    socket.setWriteQueueMaxSize(WRITE_QUEUE_BYTES);
    socket.frameHandler(frame -> frame(session, frame));
    socket.pongHandler(pong -> session.heard());
    socket.drainHandler(drained -> session.writable());
    socket.exceptionHandler(failure -> failed(failure));
    socket.closeHandler(
        done -> {
          closed = true;
          session.gone();
        });
  }

  @Override
  public void write(Buffer lines) {
    if (!closed) {
      FrameWriter.text(socket, lines);
    }
  }

  @Override
  public boolean full() {
    // A socket that has heard a close frame throws when it is asked.
    return !closed && !socket.isClosed() && socket.writeQueueFull();
  }

  @Override
  public void pause() {
    socket.pause();
  }

  @Override
  public void resume() {
    socket.resume();
  }

  @Override
  public void ping() {
    if (!closed) {
      socket.writePing(Buffer.buffer());
    }
  }

  @Override
  public void close(CloseCode code, String reason) {
    if (!closed) {
      closed = true;
      socket.close(code.code(), reason);
    }
  }

  private void frame(Session session, WebSocketFrame frame) {
    if (closed) {
      return;
    }
    if (frame.isClose()) {
      closed = true;
      session.gone();
      return;
    }
    session.heard();
    if (frame.isPing()) {
      pinged();
      return;
    }
    inBinary = frame.isBinary() || (frame.isContinuation() && inBinary);
    if (inBinary) {
      close(CloseCode.BAD_FRAME, CloseCode.BAD_FRAME.reason());
      return;
    }
    byte[] message = gate.frame(frame.binaryData(), frame.isFinal());
    if (message != null) {
      lines(session, message);
    } else if (gate.refusal() != null) {
      refuse(gate.refusal());
    }
  }

  /** Vert.x answers each ping at once, whether the answers are read or not. */
  private void pinged() {
    unread = full() ? unread + 1 : 0;
    if (unread > MOST_UNREAD_PONGS) {
      close(CloseCode.ABUSE, "{\"afterMs\":30000}");
    }
  }

  private void refuse(Utf8Gate.Refusal refusal) {
    CloseCode code =
        refusal == Utf8Gate.Refusal.TOO_BIG ? CloseCode.TOO_BIG : CloseCode.INVALID_UTF8;
    close(code, code.reason());
  }

  private void lines(Session session, byte[] message) {
    int from = 0;
    for (int i = 0; i <= message.length && !closed; i++) {
      if (i == message.length || message[i] == '\n') {
        if (!blank(message, from, i)) {
          session.line(message, from, i - from);
        }
        from = i + 1;
      }
    }
  }

  private static boolean blank(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  /** Vert.x does not close a socket whose frames it cannot read. */
  private void failed(Throwable failure) {
    String what = String.valueOf(failure.getMessage());
    if (failure instanceof TooLongFrameException || what.contains("length")) {
      close(CloseCode.TOO_BIG, CloseCode.TOO_BIG.reason());
    } else if (failure instanceof CorruptedWebSocketFrameException) {
      close(CloseCode.BAD_FRAME, CloseCode.BAD_FRAME.reason());
    } else {
      closed = true;
      socket.close();
    }
  }
}
