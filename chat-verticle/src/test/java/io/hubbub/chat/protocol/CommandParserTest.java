package io.hubbub.chat.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.chat.protocol.ClientCommand.Since;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandParserTest {
  private static final int MOST = 2;

  @Test
  void readsEveryTypeOfField() throws IOException {
    ClientCommand line =
        parse("{'op':'x','id':7,'t':'text','n':41,'b':true,'l':['a','b'],'gone':null}");

    assertEquals("x", line.op);
    assertEquals("7", line.id);
    assertEquals("text", line.text("t"));
    assertEquals(41, line.number("n", 0));
    assertEquals(true, line.truth("b"));
    assertEquals(List.of("a", "b"), line.list("l", MOST));
    assertNull(line.maybeText("gone"));
    assertEquals(5, line.number("gone", 5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.5", "1e400", "99999999999999999999", "{'a':[{}]}", "[1,[2]]", "null", "'x'"})
  void ignoresUnknownFieldsWhateverTheyAre(String value) throws IOException {
    ClientCommand line = parse("{'later':" + value + ",'op':'ping','id':'a'}");

    assertEquals("ping", line.op);
    assertEquals("\"a\"", line.id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "99999999999999999999", "{}", "[1]", "['a',1]"})
  void refusesKnownFieldsOfAnotherType(String value) throws IOException {
    ClientCommand line = parse("{'op':'x','f':" + value + "}");

    refused(() -> line.text("f"));
    refused(() -> line.maybeText("f"));
    refused(() -> line.number("f", 0));
    refused(() -> line.truth("f"));
    refused(() -> line.list("f", MOST));
  }

  @Test
  void readsWhereAClientEnded() throws IOException {
    ClientCommand line = parse("{'since':{'a':41,'b':{'seq':7,'at':99,'more':[1]}}}");

    assertEquals(Map.of("a", new Since(41, 0), "b", new Since(7, 99)), line.places(MOST));
    assertEquals(Map.of(), parse("{}").places(MOST));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"5", "'x'", "[]", "{'a':'x'}", "{'a':-1}", "{'a':{}}", "{'a':{'seq':'x'}}"})
  void refusesPlacesThatAreNone(String since) throws IOException {
    ClientCommand line = parse("{'since':" + since + "}");

    refused(() -> line.places(MOST));
  }

  @Test
  void readsWhereAClientEndedInOneConversation() throws IOException {
    assertEquals(new Since(41, 0), parse("{'since':41}").place());
    assertEquals(new Since(41, 99), parse("{'since':{'seq':41,'at':99}}").place());
    assertNull(parse("{}").place());
    for (String bad : List.of("-1", "'x'", "{}", "{'seq':-1}", "{'at':5}")) {
      ClientCommand line = parse("{'since':" + bad + "}");
      refused(() -> line.place());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "5", "{", "{}{}", "{'a':}", "{'a':[}"})
  void refusesWhatIsNotOneObject(String line) {
    assertNotNull(assertThrows(IOException.class, () -> parse(line)));
  }

  private static void refused(Executable question) {
    assertEquals(ErrorCode.BAD_REQUEST, assertThrows(HubbubException.class, question).code());
  }

  private static ClientCommand parse(String line) throws IOException {
    byte[] bytes = line.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return CommandParser.parse(bytes, 0, bytes.length);
  }
}
