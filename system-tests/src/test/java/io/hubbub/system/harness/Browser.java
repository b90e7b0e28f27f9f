package io.hubbub.system.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Plays scripts of {@code browser/} in a real Chromium, which is installed where there is none. A
 * script is given a node's address, the browser's path and more; a word in capitals that it prints,
 * alone or with one more, asks the test for something, and it waits for a line on its input. Its
 * last line is {@code DONE}.
 */
public final class Browser {
  private static final Path FOLDER = Path.of("browser");
  private static final Duration GRACE = Duration.ofSeconds(30);

  private Browser() {}

  /** Does what a script asks for. */
  public interface Helper {
    /** What it asked. */
    void help(String asked) throws Exception;
  }

  /** Installs what is missing. */
  public static void prepare() throws Exception {
    if (chromium().isEmpty()) {
      run(Path.of("/"), "apt-get", "update", "-q");
      run(Path.of("/"), "apt-get", "install", "-yq", "--no-install-recommends", "chromium");
    }
    if (!Files.exists(FOLDER.resolve("node_modules/playwright-core"))) {
      run(FOLDER, "npm", "ci", "--no-audit", "--no-fund");
    }
  }

  /** Plays a script to its end; what it printed. */
  public static String play(String script, NodeProcess node, Helper helper, String... more)
      throws Exception {
    List<String> command =
        new ArrayList<>(List.of("node", script, node.http().toString(), chromium().orElseThrow()));
    command.addAll(List.of(more));
    Process play =
        new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).start();
    StringBuilder told = new StringBuilder();
    try (BufferedReader lines = play.inputReader(StandardCharsets.UTF_8);
        Writer answers = play.outputWriter(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        told.append(line).append('\n');
        if (line.matches("[A-Z]+( \\S+)?") && !line.equals("DONE")) {
          helper.help(line);
          answers.write("on\n");
          answers.flush();
        }
      }
      assertTrue(play.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS));
    } finally {
      play.descendants().forEach(ProcessHandle::destroyForcibly);
      play.destroyForcibly();
    }
    assertTrue(told.toString().endsWith("DONE\n"), told::toString);
    return told.toString();
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
}
