package io.hubbub.chat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.hubbub.chat.Utf8Gate.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Only what the JDK's strict decoder takes comes through, however it is cut into frames. */
class Utf8GateTest {
  private static final int MOST = 200;

  @Test
  void whatComesThroughIsWhatTheStrictDecoderTakes() {
    Seeds.each(
        5_000,
        random -> {
          Utf8Gate gate = new Utf8Gate(MOST);
          for (int message = 0; message < 2; message++) {
            byte[] bytes = bytes(random);
            byte[] whole = send(gate, bytes, random);
            if (bytes.length > MOST) {
              assertNull(whole);
              assertEquals(Refusal.TOO_BIG, gate.refusal());
              return;
            }
            if (!strict(bytes)) {
              assertNull(whole);
              assertEquals(Refusal.INVALID, gate.refusal());
              return;
            }
            assertArrayEquals(bytes, whole);
            assertNull(gate.refusal());
          }
        });
  }

  @Test
  void theBoundIsExactAndHoldsForFragmentsBeforeTheyEnd() {
    Utf8Gate gate = new Utf8Gate(8);
    assertArrayEquals(new byte[8], gate.frame(Unpooled.wrappedBuffer(new byte[8]), true));
    assertNull(gate.frame(text("1234"), false));
    assertNull(gate.refusal());
    assertNull(gate.frame(text("56789"), false));
    assertEquals(Refusal.TOO_BIG, gate.refusal());
    assertArrayEquals(new byte[0], new Utf8Gate(8).frame(text(""), true));
  }

  @Test
  void aFragmentIsCopiedAsItsBufferMayBeUsedAgain() {
    Utf8Gate gate = new Utf8Gate(8);
    ByteBuf reused = text("abc");
    assertNull(gate.frame(reused, false));
    reused.setBytes(0, "xyz".getBytes(StandardCharsets.UTF_8));
    assertArrayEquals("abcd".getBytes(StandardCharsets.UTF_8), gate.frame(text("d"), true));
  }

  private static ByteBuf text(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
  }

  /** Sends a message in random pieces, as far as it is taken; returns what came through. */
  private static byte @Nullable [] send(Utf8Gate gate, byte[] bytes, Random random) {
    int from = 0;
    while (random.nextInt(3) > 0) {
      int to = from + random.nextInt(bytes.length - from + 1);
      assertNull(gate.frame(Unpooled.wrappedBuffer(Arrays.copyOfRange(bytes, from, to)), false));
      if (gate.refusal() != null) {
        return null;
      }
      from = to;
    }
    return gate.frame(Unpooled.wrappedBuffer(Arrays.copyOfRange(bytes, from, bytes.length)), true);
  }

  /** Text of all lengths of characters, or nearly: some bytes are then changed. */
  private static byte[] bytes(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(60); i > 0; i--) {
      int bits = 7 + random.nextInt(14);
      int point = random.nextInt(Math.min(1 << bits, Character.MAX_CODE_POINT + 1));
      text.appendCodePoint(point);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 && random.nextBoolean()) {
      for (int i = random.nextInt(3); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
    }
    return bytes;
  }

  private static boolean strict(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
