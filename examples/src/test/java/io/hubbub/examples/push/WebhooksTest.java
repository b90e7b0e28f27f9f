package io.hubbub.examples.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of webhooks is understood, or refused with the name of what is wrong. */
class WebhooksTest {
  private Path file = Path.of("");

  @BeforeEach
  void place(@TempDir Path dir) {
    file = dir.resolve("webhooks.json");
  }

  private Map<String, URI> read(String text) throws Exception {
    return Webhooks.read(Files.writeString(file, text), 2);
  }

  private String wrong(String text) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> read(text)).getMessage());
  }

  @Test
  void urlsStandByUser() throws Exception {
    assertEquals(
        Map.of(
            "ada", URI.create("https://push.test/ada?key=7"),
            "B ob", URI.create("http://127.0.0.1:8000/")),
        read("{\"ada\":\"https://push.test/ada?key=7\",\"B ob\":\"http://127.0.0.1:8000/\"}"));
  }

  @Test
  void whatIsNoUrlIsRefusedWithoutShowingIt() {
    for (String url : new String[] {"ftp://secret.test/", "/secret", "http://", "a secret", ""}) {
      String message = wrong("{\"ada\":\"" + url + "\"}");
      assertTrue(message.endsWith("for ada"), message);
      assertFalse(message.contains("secret"), message);
    }
    assertTrue(wrong("{\"ada\":null}").endsWith("for ada"));
  }

  @Test
  void whatIsNoFileOfThemIsRefused() {
    assertTrue(wrong("[]").startsWith("webhooks:"));
    assertTrue(
        wrong("{\"a\":\"http://a/\",\"b\":\"http://b/\",\"c\":\"http://c/\"}").contains("2"));
    assertThrows(IllegalArgumentException.class, () -> Webhooks.read(file, 2));
  }
}
