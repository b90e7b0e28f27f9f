package io.hubbub.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hubbub.api.log.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/errors.md lists exactly the codes that there are. */
class ErrorsDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "errors.md");

  @Test
  void theErrorCodesAreThoseOfTheCode() throws IOException {
    List<String> expected = new ArrayList<>();
    for (ErrorCode code : ErrorCode.values()) {
      expected.add(code.label() + " " + code.status() + " " + (code.temporary() ? "yes" : "no"));
    }
    assertEquals(expected, rows("^\\| `(\\w+)` \\| (\\d+) \\| (yes|no) \\|"));
  }

  @Test
  void theCloseCodesAreThoseOfTheCode() throws IOException {
    List<String> expected = new ArrayList<>();
    for (CloseCode code : CloseCode.values()) {
      expected.add(code.code() + " " + code.reason());
    }
    assertEquals(expected, rows("^\\| (\\d{4}) \\| `(\\w+)` \\|"));
  }

  private static List<String> rows(String pattern) throws IOException {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(Files.readString(DOCUMENT))
        .results()
        .map(ErrorsDocumentTest::words)
        .toList();
  }

  private static String words(MatchResult row) {
    List<String> words = new ArrayList<>();
    for (int i = 1; i <= row.groupCount(); i++) {
      words.add(row.group(i));
    }
    return String.join(" ", words);
  }
}
