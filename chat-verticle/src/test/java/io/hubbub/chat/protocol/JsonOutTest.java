package io.hubbub.chat.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What {@link JsonOut} writes is read back by the JSON parser as it was meant. */
class JsonOutTest {
  @Property
  void anyTextComesBack(@ForAll String text) {
    String clean = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    JsonOut out = new JsonOut(1);
    out.object().field("text", clean).endObject();
    assertEquals(clean, new JsonObject(out.toBuffer()).getString("text"));
  }

  @Property
  void anyNumberComesBack(@ForAll long number) {
    JsonOut out = new JsonOut(1);
    out.array().value(number).value(-number).endArray();
    assertEquals(List.of(number, -number), longs(new JsonArray(out.toBuffer())));
  }

  @Property
  void anyIdentifierComesBack(@ForAll long high, @ForAll long low) {
    UUID id = new UUID(high, low);
    JsonOut out = new JsonOut();
    out.array().value(id).endArray();
    assertEquals(id.toString(), new JsonArray(out.toBuffer()).getString(0));
  }

  @Property
  void commasStandBetweenValuesOnly(
      @ForAll @Size(max = 5) List<@Size(max = 4) List<Boolean>> rows) {
    JsonOut out = new JsonOut();
    out.object().name("rows").array();
    JsonArray expected = new JsonArray();
    for (List<Boolean> row : rows) {
      out.array();
      row.forEach(out::value);
      out.endArray();
      expected.add(new JsonArray(row));
    }
    out.endArray().field("n", rows.size()).endObject();
    assertEquals(
        new JsonObject().put("rows", expected).put("n", rows.size()),
        new JsonObject(out.toBuffer()));
  }

  @Test
  void controlCharactersAreEscapedAndLoneSurrogatesReplaced() {
    JsonOut out = new JsonOut();
    out.value("\u0000\u0001\n\"\\\u007f\ud800x\udc00\u2028😀");
    assertEquals(
        "\"\\u0000\\u0001\\n\\\"\\\\\\u007f\ufffdx\ufffd\u2028😀\"", out.toBuffer().toString());
  }

  @Test
  void linesStandAloneAndTheRoomIsUsedAgain() {
    JsonOut out = new JsonOut();
    out.object().endObject().line().object().endObject();
    assertEquals("{}\n{}", out.toBuffer().toString());
    out.clear().array().raw("1").raw(new byte[] {'2'}).raw(Buffer.buffer("3")).endArray();
    assertArrayEquals("[1,2,3]".getBytes(StandardCharsets.UTF_8), out.toBytes());
    Buffer behind = Buffer.buffer("x");
    out.appendTo(behind);
    assertEquals("x[1,2,3]", behind.toString());
    assertEquals(7, out.length());
  }

  private static List<Long> longs(JsonArray array) {
    return array.stream().map(item -> ((Number) item).longValue()).toList();
  }
}
