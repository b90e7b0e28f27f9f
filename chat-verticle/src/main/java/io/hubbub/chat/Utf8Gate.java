package io.hubbub.chat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Puts the fragments of a text message together and lets only valid UTF-8 through (RFC 6455, 8.1):
 * Vert.x checks neither. Bounded; confined to one thread.
 */
final class Utf8Gate {
  /** Why a message was not let through. */
  enum Refusal {
    /** Over the limit: close 1009. */
    TOO_BIG,
    /** Not UTF-8: close 1007. */
    INVALID
  }

  private final int maxBytes;
  private @Nullable ByteBuf fragments;
  private @Nullable Refusal refusal;

  Utf8Gate(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Takes a frame of a text message.
   *
   * @param last whether the message ends with it
   * @return the bytes of a whole message, or null where more is to come or {@link #refusal} is set
   */
  byte @Nullable [] frame(ByteBuf data, boolean last) {
    ByteBuf held = fragments;
    int length = data.readableBytes() + (held == null ? 0 : held.readableBytes());
    if (length > maxBytes) {
      fragments = null;
      refusal = Refusal.TOO_BIG;
      return null;
    }
    if (!last) {
      // On the heap and unpooled, so that it may be dropped.
      fragments = (held == null ? Unpooled.buffer(length) : held).writeBytes(data);
      return null;
    }
    fragments = null;
    byte[] bytes = ByteBufUtil.getBytes(held == null ? data : held.writeBytes(data));
    if (!valid(bytes)) {
      refusal = Refusal.INVALID;
      return null;
    }
    return bytes;
  }

  /** Why the last frame was refused, or null. */
  @Nullable Refusal refusal() {
    return refusal;
  }

  static boolean valid(byte[] bytes) {
    int ascii = 0;
    while (ascii < bytes.length && bytes[ascii] >= 0) {
      ascii++;
    }
    if (ascii == bytes.length) {
      return true;
    }
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, ascii, bytes.length - ascii));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
