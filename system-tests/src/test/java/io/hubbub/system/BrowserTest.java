package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page at {@code /} in a real Chromium, driven by {@code browser/talk.mjs}. */
@ClusterTest(own = true, nodes = 1)
@Timeout(300)
class BrowserTest {
  private static final Path FOLDER = Path.of("browser");
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final Cluster cluster;

  BrowserTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @BeforeAll
  static void prepare() throws Exception {
    if (chromium().isEmpty()) {
      run(Path.of("/"), "apt-get", "update", "-q");
      run(Path.of("/"), "apt-get", "install", "-yq", "--no-install-recommends", "chromium");
    }
    if (!Files.exists(FOLDER.resolve("node_modules/playwright-core"))) {
      run(FOLDER, "npm", "ci", "--no-audit", "--no-fund");
    }
  }

  private static Optional<String> chromium() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(name -> Stream.of("/usr/bin/" + name, "/usr/local/bin/" + name))
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst();
  }

  private static void run(Path folder, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> String.join(" ", command) + "\n" + output);
  }

  @Test
  void twoPagesTalkReloadAndGoOnAfterTheNodeWasRestarted() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                "node", "talk.mjs", cluster.node(0).http().toString(), chromium().orElseThrow()));
    builder.directory(FOLDER.toFile()).redirectErrorStream(true);
    Process talk = builder.start();
    StringBuilder told = new StringBuilder();
    try (BufferedReader lines = talk.inputReader(StandardCharsets.UTF_8);
        Writer answers = talk.outputWriter(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        told.append(line).append('\n');
        if (line.equals("RESTART")) {
          cluster.node(0).terminate();
          assertEquals(0, cluster.node(0).exitCode(GRACE));
          answer(answers);
        } else if (line.equals("DOWN")) {
          cluster.restart(0);
          answer(answers);
        }
      }
      assertTrue(talk.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS));
    } finally {
      talk.descendants().forEach(ProcessHandle::destroyForcibly);
      talk.destroyForcibly();
    }
    assertTrue(told.toString().endsWith("DONE\n"), told::toString);
    System.out.print(told);
  }

  private static void answer(Writer answers) throws IOException {
    answers.write("on\n");
    answers.flush();
  }
}
