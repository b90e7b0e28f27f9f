package io.hubbub.chat.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hubbub.api.log.HubbubException;
import io.hubbub.chat.Seeds;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a client wrote is what is read; what is not the protocol's is refused, never guessed. */
class CommandParserLawsTest {
  @Test
  void whatAClientWroteIsWhatIsRead() {
    Seeds.each(
        1_000,
        random -> {
          JsonObject json = new JsonObject().put("op", text(random));
          for (int i = random.nextInt(8); i > 0; i--) {
            json.put("f" + random.nextInt(20), value(random, true));
          }
          byte[] line = json.toBuffer().getBytes();
          // Lines lie within a frame: what is around one is not read.
          byte[] frame = new byte[line.length + 7];
          Arrays.fill(frame, (byte) '!');
          System.arraycopy(line, 0, frame, 3, line.length);
          ClientCommand command = CommandParser.parse(frame, 3, line.length);
          assertEquals(json.getString("op"), command.op);
          for (Map.Entry<String, Object> field : json) {
            if (!field.getKey().equals("op")) {
              check(command, field.getKey(), field.getValue());
            }
          }
        });
  }

  @Test
  void noBytesBreakIt() {
    Seeds.each(
        5_000,
        random -> {
          JsonObject json = new JsonObject().put("op", "send").put("id", random.nextInt());
          json.put("since", new JsonObject().put("a", 1).put("b", new JsonObject().put("seq", 2)));
          json.put("x", value(random, false));
          byte[] line = json.toBuffer().getBytes();
          for (int i = random.nextInt(4); i >= 0; i--) {
            line[random.nextInt(line.length)] = (byte) random.nextInt(128);
          }
          int length = random.nextInt(3) == 0 ? random.nextInt(line.length) : line.length;
          try {
            assertNotNull(CommandParser.parse(line, 0, length));
          } catch (IOException refused) {
            assertNotNull(refused.getMessage());
          }
        });
  }

  @Test
  void numbersOfMoreThan64BitsAreRefusedAndCloseNothing() throws IOException {
    String big = "99999999999999999999";
    for (String place : List.of(big, "{'seq':" + big + "}", "{'seq':" + big + ",'at':1}")) {
      ClientCommand command = parse("{'since':{'a':" + place + "}}");
      assertThrows(HubbubException.class, () -> command.places(10), place);
    }
    assertEquals(Long.MAX_VALUE, parse("{'n':9223372036854775807}").number("n", 0));
  }

  @Test
  void depthIsBounded() throws IOException {
    String deep = "[".repeat(31) + "]".repeat(31);
    assertNotNull(parse("{'x':" + deep + "}"));
    assertThrows(IOException.class, () -> parse("{'x':[" + deep + "]}"));
    assertThrows(IOException.class, () -> parse("{'x':" + "{'x':".repeat(5_000)));
  }

  @Test
  void aLineIsOneObject() {
    for (String line :
        List.of(
            "", " ", "1", "null", "[]", "'x'", "{", "{'a'", "{'a':1", "{'a':[1", "{}{}", "{} x")) {
      assertThrows(IOException.class, () -> parse(line), line);
    }
  }

  private static void check(ClientCommand command, String name, Object value) {
    if (value instanceof String text) {
      assertEquals(text, command.text(name));
    } else if (value instanceof Long number) {
      assertEquals(number, command.number(name, number + 1));
    } else if (value instanceof Boolean truth) {
      assertEquals(truth, command.truth(name, !truth));
    } else if (value instanceof JsonArray list) {
      assertEquals(list.getList(), command.list(name, 10));
    }
  }

  private static Object value(Random random, boolean plain) {
    return switch (random.nextInt(plain ? 5 : 4)) {
      case 0 -> random.nextLong() >> random.nextInt(64);
      case 1 -> random.nextBoolean();
      case 2 -> {
        JsonArray list = new JsonArray();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(text(random));
        }
        yield list;
      }
      default -> text(random);
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      int point = random.nextInt(1 << (5 + random.nextInt(15)));
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        text.appendCodePoint(point);
      }
    }
    return text.toString();
  }

  private static ClientCommand parse(String line) throws IOException {
    byte[] bytes = line.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return CommandParser.parse(bytes, 0, bytes.length);
  }
}
