package io.hubbub.chat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Lines as WebSocket frames (RFC 6455, 5.2), ready for the socket. What many sessions are sent in
 * one turn is put into a frame once, and each of them writes the same bytes. Confined to one event
 * loop.
 */
final class Frames {
  private static final int TEXT = 0x81;
  private static final int CLOSE = 0x88;
  private static final int PING = 0x89;
  private static final int PONG = 0x8A;
  private static final int SMALL = 125;
  private static final int LONGEST_HEADER = 10;
  private static final int LONGEST_CONTROL = 123;

  /** How many frames are kept, at most until {@link #forget}. A power of 2. */
  private static final int KEPT = 64;

  private final @Nullable Buffer[] texts = new @Nullable Buffer[KEPT];
  private final @Nullable ByteBuf[] frames = new @Nullable ByteBuf[KEPT];
  private boolean any;

  /** Lines as one text frame, which the caller writes or releases. */
  ByteBuf text(ByteBufAllocator alloc, Buffer lines) {
    int slot = System.identityHashCode(lines) & (KEPT - 1);
    ByteBuf known = frames[slot];
    if (texts[slot] == lines && known != null) {
      return known.retainedDuplicate();
    }
    forget(slot); // First, as what follows may fail for want of memory.
    byte[] bytes = lines.getBytes();
    ByteBuf frame = header(alloc, TEXT, bytes.length).writeBytes(bytes);
    texts[slot] = lines;
    frames[slot] = frame;
    any = true;
    return frame.retainedDuplicate();
  }

  /** The turn is over: what was put into frames for it is not needed any more. */
  void forget() {
    if (!any) {
      return;
    }
    any = false;
    for (int i = 0; i < KEPT; i++) {
      forget(i);
    }
  }

  private void forget(int slot) {
    ByteBuf frame = frames[slot];
    if (frame != null) {
      frames[slot] = null;
      texts[slot] = null;
      frame.release();
    }
  }

  /** A close frame. */
  static ByteBuf close(ByteBufAllocator alloc, int code, String reason) {
    byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, LONGEST_CONTROL);
    return header(alloc, CLOSE, 2 + length).writeShort(code).writeBytes(bytes, 0, length);
  }

  /** An empty ping. */
  static ByteBuf ping(ByteBufAllocator alloc) {
    return header(alloc, PING, 0);
  }

  /** The answer to a ping. */
  static ByteBuf pong(ByteBufAllocator alloc, ByteBuf ping) {
    return header(alloc, PONG, ping.readableBytes()).writeBytes(ping);
  }

  private static ByteBuf header(ByteBufAllocator alloc, int first, int length) {
    ByteBuf frame = alloc.directBuffer(LONGEST_HEADER + length).writeByte(first);
    if (length <= SMALL) {
      return frame.writeByte(length);
    }
    return length < 1 << 16
        ? frame.writeByte(126).writeShort(length)
        : frame.writeByte(127).writeLong(length);
  }
}
