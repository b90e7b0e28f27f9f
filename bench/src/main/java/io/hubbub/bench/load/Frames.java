package io.hubbub.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** The client's half of WebSocket (RFC 6455), as far as a load needs it. */
final class Frames {
  /** The first byte of a whole text frame. */
  static final int TEXT = 0x81;

  /** The first byte of a close frame. */
  static final int CLOSE = 0x88;

  /** The first byte of a ping. */
  static final int PING = 0x89;

  /** The first byte of a pong. */
  static final int PONG = 0x8A;

  private static final int MASKED = 0x80;
  private static final byte[] END_OF_HEADERS = {'\r', '\n', '\r', '\n'};

  private Frames() {}

  /** A request to open a WebSocket. */
  static ByteBuf upgrade(ByteBufAllocator alloc, String path, String subprotocol) {
    byte[] nonce = new byte[16];
    ThreadLocalRandom.current().nextBytes(nonce);
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
            + Base64.getEncoder().encodeToString(nonce)
            + (subprotocol.isEmpty() ? "" : "\r\nSec-WebSocket-Protocol: " + subprotocol)
            + "\r\n\r\n";
    return ByteBufUtil.writeAscii(alloc, request);
  }

  /** Where the headers of an answer end, after the empty line; -1 where they do not yet. */
  static int headersEnd(ByteBuf in) {
    for (int i = in.readerIndex(); i + END_OF_HEADERS.length <= in.writerIndex(); i++) {
      if (in.getByte(i) == '\r' && in.getInt(i) == 0x0D0A0D0A) {
        return i + END_OF_HEADERS.length;
      }
    }
    return -1;
  }

  /** The length of a frame's header (2, 4 or 10), or 0 where it is not there as a whole. */
  static int headerLength(ByteBuf in) {
    int there = in.readableBytes();
    if (there < 2) {
      return 0;
    }
    int header =
        switch (in.getByte(in.readerIndex() + 1) & 0x7F) {
          case 126 -> 4;
          case 127 -> 10;
          default -> 2;
        };
    return there < header ? 0 : header;
  }

  /** The length of the payload of a frame whose header is there. */
  static long length(ByteBuf in, int start) {
    int small = in.getByte(start + 1) & 0x7F;
    return switch (small) {
      case 126 -> in.getUnsignedShort(start + 2);
      case 127 -> in.getLong(start + 2);
      default -> small;
    };
  }

  /** A masked text frame. */
  static ByteBuf text(ByteBufAllocator alloc, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return masked(alloc, TEXT, bytes);
  }

  /** A masked pong with what the ping held. */
  static ByteBuf pong(ByteBufAllocator alloc, ByteBuf in, int from, int to) {
    byte[] bytes = new byte[to - from];
    in.getBytes(from, bytes);
    return masked(alloc, PONG, bytes);
  }

  private static ByteBuf masked(ByteBufAllocator alloc, int first, byte[] bytes) {
    ByteBuf frame = alloc.buffer(bytes.length + 14);
    frame.writeByte(first);
    if (bytes.length < 126) {
      frame.writeByte(MASKED | bytes.length);
    } else if (bytes.length < 1 << 16) {
      frame.writeByte(MASKED | 126).writeShort(bytes.length);
    } else {
      frame.writeByte(MASKED | 127).writeLong(bytes.length);
    }
    int mask = ThreadLocalRandom.current().nextInt();
    frame.writeInt(mask);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= (byte) (mask >> (24 - 8 * (i & 3)));
    }
    return frame.writeBytes(bytes);
  }
}
