package io.hubbub.chat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns a request into a WebSocket (RFC 6455, 4.2) that belongs to a Netty handler of our own. The
 * only user of Vert.x internals: its own WebSockets hold 8 KiB of queues each that a socket used
 * from one event loop does not need, and pass each write through several layers.
 */
final class WebSocketUpgrade {
  private static final String SUBPROTOCOL = "hubbub.v1";
  private static final String VERSION = "13";
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;

  private WebSocketUpgrade() {}

  /** Whether a request asks for a WebSocket at all. */
  static boolean asked(HttpServerRequest request) {
    return names(request.getHeader("Upgrade"), "websocket");
  }

  /**
   * The status that refuses a request which asks for a WebSocket, or 0 where it may have one: 400
   * for one that breaks the RFC, 426 for another version of it.
   */
  static int refusal(HttpServerRequest request) {
    if (!VERSION.equals(request.getHeader("Sec-WebSocket-Version"))) {
      return 426;
    }
    boolean good =
        names(request.getHeader("Connection"), "upgrade")
            && isKey(request.getHeader("Sec-WebSocket-Key"));
    return good ? 0 : 400;
  }

  /**
   * Accepts.
   *
   * @param frameBytes the largest frame that is read
   * @param handler gets the frames, and all else that happens to the channel
   */
  static Future<Void> accept(HttpServerRequest request, int frameBytes, ChannelHandler handler) {
    HttpServerResponse response = request.response();
    response.putHeader("Upgrade", "websocket").putHeader("Connection", "Upgrade");
    response.putHeader("Sec-WebSocket-Accept", answer(request.getHeader("Sec-WebSocket-Key")));
    if (names(request.getHeader("Sec-WebSocket-Protocol"), SUBPROTOCOL)) {
      response.putHeader("Sec-WebSocket-Protocol", SUBPROTOCOL);
    }
    Channel channel = ((ConnectionBase) request.connection()).channel();
    channel.pipeline().addAfter("httpDecoder", "early", new EarlyBytes());
    return request
        .toNetSocket()
        .compose(
            socket -> {
              take(socket, frameBytes, handler);
              return Future.succeededFuture();
            });
  }

  /** Runs something on a context at once, from its own thread. */
  static Consumer<Runnable> within(Context context) {
    ContextInternal internal = (ContextInternal) context;
    return internal::dispatch;
  }

  /**
   * Vert.x is told that its connection is over, so that it counts and keeps it no longer; the
   * channel lives on.
   */
  private static void take(NetSocket socket, int frameBytes, ChannelHandler handler) {
    Channel channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
    ChannelPipeline pipeline = channel.pipeline();
    if (pipeline.get("idle") != null) {
      pipeline.remove("idle"); // Sessions have heartbeats of their own.
    }
    WebSocketDecoderConfig config =
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(frameBytes)
            .expectMaskedFrames(true)
            .allowExtensions(false)
            .closeOnProtocolViolation(false)
            .withUTF8Validator(false)
            .build();
    pipeline.remove("early");
    pipeline.addBefore("handler", "frames", new WebSocket13FrameDecoder(config));
    ChannelInboundHandler before = (ChannelInboundHandler) pipeline.get("handler");
    pipeline.replace("handler", "session", handler);
    try {
      before.channelInactive(pipeline.context(handler));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a header, a list by commas, has a word in it. */
  private static boolean names(@Nullable String header, String word) {
    if (header == null) {
      return false;
    }
    for (String each : header.split(",", -1)) {
      if (each.strip().toLowerCase(Locale.ROOT).equals(word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isKey(@Nullable String key) {
    try {
      return key != null && Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String answer(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] hash = sha1.digest((key.strip() + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What a client sends before it is answered, which it must not (RFC 6455, 4.1), would be lost on
   * the way between two handlers, and its memory with it.
   */
  private static final class EarlyBytes extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof ByteBuf bytes) {
        bytes.release();
        context.channel().eventLoop().execute(context.channel()::close);
      } else {
        context.fireChannelRead(message);
      }
    }
  }
}
