package io.hubbub.chat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A session's WebSocket: frames in, lines to the session, bytes out. */
final class SessionSocket extends ChannelInboundHandlerAdapter implements Transport {
  private static final WriteBufferWaterMark WRITE_QUEUE =
      new WriteBufferWaterMark(32 << 10, 64 << 10);

  private static final int MOST_UNREAD_PONGS = 1_000;

  /** How long a client may take to answer that the connection closes. */
  private static final long CLOSING_SECONDS = 2;

  private static final int NORMAL_CLOSE = 1000;

  private final Consumer<Runnable> context;
  private final Frames frames;
  private final Utf8Gate gate;
  private @Nullable Session session;
  private @Nullable Channel channel;
  private boolean inBinary;
  private int unread;
  private boolean closed;

  /**
   * Not connected yet.
   *
   * @param context runs something as part of the shard, at once
   */
  SessionSocket(Consumer<Runnable> context, Frames frames, int frameBytes) {
    this.context = context;
    this.frames = frames;
    this.gate = new Utf8Gate(frameBytes);
  }

  /** Connects a session to its socket, before its first frame is read. */
  void connect(Session to) {
    session = to;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    Channel of = added.channel();
    of.config().setWriteBufferWaterMark(WRITE_QUEUE);
    channel = of;
  }

  @Override
  public void write(Buffer lines) {
    Channel to = channel;
    if (!closed && to != null) {
      to.write(frames.text(to.alloc(), lines), to.voidPromise());
    }
  }

  @Override
  public void flush() {
    Channel to = channel;
    if (to != null) {
      to.flush();
    }
  }

  @Override
  public boolean full() {
    Channel to = channel;
    return !closed && to != null && !to.isWritable();
  }

  @Override
  public void pause() {
    reading(false);
  }

  @Override
  public void resume() {
    reading(true);
  }

  private void reading(boolean on) {
    Channel from = channel;
    if (from != null) {
      from.config().setAutoRead(on);
    }
  }

  @Override
  public void ping() {
    Channel to = channel;
    if (!closed && to != null) {
      to.writeAndFlush(Frames.ping(to.alloc()), to.voidPromise());
    }
  }

  @Override
  public void close(CloseCode code, String reason) {
    if (!closed) {
      close(code.code(), reason);
    }
  }

  /** The client is given a moment to answer, as it may be reading still (RFC 6455, 7.1.1). */
  private void close(int code, String reason) {
    closed = true;
    Channel to = channel;
    if (to != null) {
      to.config().setAutoRead(true);
      to.writeAndFlush(Frames.close(to.alloc(), code, reason));
      cutOffLater(to);
    }
  }

  /** Whatever the client does: what cannot be written would keep the socket open for ever. */
  private static void cutOffLater(Channel channel) {
    channel.eventLoop().schedule(() -> channel.close(), CLOSING_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    try {
      if (message instanceof WebSocketFrame frame) {
        context.accept(() -> frame(frame));
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void frame(WebSocketFrame frame) {
    Session to = session;
    if (frame instanceof CloseWebSocketFrame close) {
      answerClose(close);
      return;
    }
    if (closed || to == null) {
      return;
    }
    to.heard();
    if (frame instanceof PingWebSocketFrame) {
      pinged(frame.content());
    } else if (!(frame instanceof PongWebSocketFrame)) {
      text(to, frame);
    }
  }

  private void text(Session to, WebSocketFrame frame) {
    boolean goesOn = frame instanceof ContinuationWebSocketFrame;
    inBinary = frame instanceof BinaryWebSocketFrame || (goesOn && inBinary);
    if (inBinary) {
      close(CloseCode.BAD_FRAME, CloseCode.BAD_FRAME.reason());
      return;
    }
    byte[] message = gate.frame(frame.content(), frame.isFinalFragment());
    if (message != null) {
      lines(to, message);
    } else if (gate.refusal() != null) {
      refuse(gate.refusal());
    }
  }

  /** Who closes first is answered and then cut off; an answer ends the connection. */
  private void answerClose(CloseWebSocketFrame close) {
    Channel to = channel;
    if (to == null) {
      return;
    }
    if (closed) {
      to.close();
      return;
    }
    closed = true;
    int code = close.statusCode() < 0 ? NORMAL_CLOSE : close.statusCode();
    to.writeAndFlush(Frames.close(to.alloc(), code, "")).addListener(ChannelFutureListener.CLOSE);
    cutOffLater(to);
    gone();
  }

  /** Each ping is answered at once, whether the answers are read or not. */
  private void pinged(ByteBuf data) {
    unread = full() ? unread + 1 : 0;
    if (unread > MOST_UNREAD_PONGS) {
      close(CloseCode.ABUSE, "{\"afterMs\":30000}");
      return;
    }
    Channel to = channel;
    if (to != null) {
      to.writeAndFlush(Frames.pong(to.alloc(), data), to.voidPromise());
    }
  }

  private void refuse(Utf8Gate.Refusal refusal) {
    CloseCode code =
        refusal == Utf8Gate.Refusal.TOO_BIG ? CloseCode.TOO_BIG : CloseCode.INVALID_UTF8;
    close(code, code.reason());
  }

  private void lines(Session to, byte[] message) {
    int from = 0;
    for (int i = 0; i <= message.length && !closed; i++) {
      if (i == message.length || message[i] == '\n') {
        if (!blank(message, from, i)) {
          to.line(message, from, i - from);
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

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext of) {
    Session to = session;
    if (to != null && of.channel().isWritable()) {
      context.accept(to::writable);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext of) {
    closed = true;
    context.accept(this::gone);
  }

  private void gone() {
    Session of = session;
    if (of != null) {
      of.gone();
    }
  }

  /**
   * What breaks the rules of frames is told which; whatever else it was, the socket is of no use.
   */
  @Override
  public void exceptionCaught(ChannelHandlerContext of, Throwable failure) {
    context.accept(() -> failed(failure));
  }

  private void failed(Throwable failure) {
    if (closed) {
      return;
    }
    if (failure instanceof CorruptedWebSocketFrameException corrupted) {
      boolean big = corrupted.closeStatus().code() == CloseCode.TOO_BIG.code();
      CloseCode code = big ? CloseCode.TOO_BIG : CloseCode.BAD_FRAME;
      close(code, code.reason());
    } else {
      closed = true;
      Channel broken = channel;
      if (broken != null) {
        broken.close();
      }
    }
  }
}
