package io.hubbub.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
  private static final int MASK = 4;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 100_000})
  void aMaskedTextIsReadBack(int length) {
    String text = "x".repeat(length);
    ByteBuf frame = Frames.text(UnpooledByteBufAllocator.DEFAULT, text);
    assertEquals(Frames.TEXT, frame.getByte(0) & 0xFF);
    assertTrue((frame.getByte(1) & 0x80) != 0, "clients mask");
    int header = Frames.headerLength(frame);
    assertEquals(length, Frames.length(frame, 0));
    assertEquals(header + MASK + length, frame.readableBytes());
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (frame.getByte(header + MASK + i) ^ frame.getByte(header + i % MASK));
    }
    assertEquals(text, new String(bytes, StandardCharsets.UTF_8));
    frame.release();
  }

  @Test
  void aHeaderThatIsNotThereAsAWholeHasNoLength() {
    assertEquals(0, Frames.headerLength(Unpooled.wrappedBuffer(new byte[] {(byte) 0x81})));
    assertEquals(2, Frames.headerLength(Unpooled.wrappedBuffer(new byte[] {(byte) 0x81, 5})));
    byte[] cut = {(byte) 0x81, 126, 1};
    assertEquals(0, Frames.headerLength(Unpooled.wrappedBuffer(cut)));
    byte[] whole = {(byte) 0x81, 126, 1, 0};
    assertEquals(4, Frames.headerLength(Unpooled.wrappedBuffer(whole)));
    assertEquals(256, Frames.length(Unpooled.wrappedBuffer(whole), 0));
  }

  @Test
  void headersEndAfterTheEmptyLine() {
    String head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";
    ByteBuf in = Unpooled.copiedBuffer(head + "more", StandardCharsets.US_ASCII);
    assertEquals(head.length(), Frames.headersEnd(in));
    ByteBuf cut =
        Unpooled.copiedBuffer(head.substring(0, head.length() - 1), StandardCharsets.US_ASCII);
    assertEquals(-1, Frames.headersEnd(cut));
  }
}
