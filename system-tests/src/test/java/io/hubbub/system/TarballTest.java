package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.Rest;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.FreePorts;
import io.hubbub.system.harness.Postgres;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is unpacked on hosts of one's own is a node. */
@Timeout(120)
class TarballTest {
  private static final Path TARBALL = Path.of("../server/target/hubbub.tar.gz");
  private static final int DRAIN_SECONDS = 30;
  private static final int CLOSE_SECONDS = 15;

  private final Path folder;

  TarballTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void unpack() throws Exception {
    Process tar =
        new ProcessBuilder("tar", "-xzf", TARBALL.toString(), "-C", folder.toString())
            .inheritIO()
            .start();
    assertEquals(0, tar.waitFor());
  }

  private Process start(List<String> settings) throws Exception {
    Path file = Files.write(folder.resolve("hubbub.conf"), settings);
    ProcessBuilder builder =
        new ProcessBuilder(folder.resolve("hubbub/bin/hubbub").toString(), "--config=" + file)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process;
  }

  private String log() throws Exception {
    return Files.readString(folder.resolve("log"));
  }

  @Test
  void itStartsFromItsSettingsAndStopsWhenAsked() throws Exception {
    int port = FreePorts.one();
    try (Postgres postgres = Postgres.start()) {
      Process node =
          start(
              List.of(
                  "http.port = " + port,
                  "database.url = " + postgres.url(),
                  "auth.secret = " + Cluster.SECRET));
      Rest rest = new Rest(URI.create("http://127.0.0.1:" + port), "");
      Await.until("ready", () -> !node.isAlive() || ready(rest));
      assertTrue(node.isAlive(), log());
      node.destroy();
      assertTrue(node.waitFor(DRAIN_SECONDS, TimeUnit.SECONDS));
      assertEquals(0, node.exitValue(), log());
    }
  }

  private static boolean ready(Rest rest) {
    try {
      return rest.get("/health/ready").status() == 200;
    } catch (Exception notYet) {
      return false;
    }
  }

  @Test
  void withoutADatabaseItSaysSoInOneLine() throws Exception {
    Process node = start(List.of("http.port = " + FreePorts.one()));
    assertTrue(node.waitFor(DRAIN_SECONDS, TimeUnit.SECONDS));
    assertEquals(1, node.exitValue(), log());
    assertTrue(log().contains("set database.url"), log());
  }

  @Test
  void systemdWaitsForAsLongAsANodeMayDrain() throws Exception {
    Matcher stop =
        Pattern.compile("(?m)^TimeoutStopSec=(\\d+)$")
            .matcher(Files.readString(folder.resolve("hubbub/hubbub.service")));
    assertTrue(stop.find());
    assertTrue(Integer.parseInt(stop.group(1)) > DRAIN_SECONDS + CLOSE_SECONDS);
  }
}
