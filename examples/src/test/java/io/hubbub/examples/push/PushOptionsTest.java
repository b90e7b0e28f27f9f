package io.hubbub.examples.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line is understood, or refused with the name of what is wrong. */
class PushOptionsTest {
  private String webhooks = "";

  @BeforeEach
  void write(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("w.json"), "{\"ada\":\"http://push.test/\"}");
    webhooks = "--webhooks=" + file;
  }

  @Test
  void webhooksAndMembersAreEnough() {
    PushOptions options = PushOptions.of(List.of(webhooks, "--cluster.members=a"));
    assertEquals(Set.of("ada"), options.webhooks().keySet());
    assertEquals(PushLimits.DEFAULT, options.limits());
    assertEquals("push", options.user());
    assertEquals(List.of("a"), options.service().cluster().members());
  }

  @Test
  void timesAreSeconds() {
    PushLimits limits =
        PushOptions.of(
                List.of(
                    webhooks,
                    "--cluster.members=a",
                    "--after=300",
                    "--every=5",
                    "--conversations=7"))
            .limits();
    assertEquals(PushLimits.DEFAULT.with(300_000, 5_000, 7), limits);
  }

  @Test
  void whatIsWrongIsNamed() {
    assertTrue(wrong("--cluster.members=a").startsWith("webhooks:"));
    assertTrue(wrong(webhooks).startsWith("cluster.members:"));
    assertTrue(wrong(webhooks, "--cluster.members=a", "--after=0").startsWith("after:"));
    assertTrue(wrong(webhooks, "--cluster.members=a", "--every=1s").startsWith("every:"));
    assertTrue(wrong(webhooks, "--webhook=1").startsWith("webhook:"));
  }

  private static String wrong(String... arguments) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> PushOptions.of(List.of(arguments)))
            .getMessage());
  }
}
