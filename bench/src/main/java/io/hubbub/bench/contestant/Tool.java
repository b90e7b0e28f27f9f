package io.hubbub.bench.contestant;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs that may or may not be here. */
public final class Tool {
  private static final int LAST_LETTERS = 300;

  private Tool() {}

  /**
   * Runs a program to its end.
   *
   * @return what it said
   * @throws Unavailable when it is not here, fails, or takes too long
   */
  public static String run(Path folder, int seconds, String... command)
      throws Unavailable, InterruptedException {
    try {
      Path log = Files.createTempFile("hubbub-bench", ".log");
      try {
        Process process =
            new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(log, StandardCharsets.ISO_8859_1).strip();
        if (!ended || process.exitValue() != 0) {
          throw new Unavailable(
              String.join(" ", List.of(command)) + " failed: " + end(said.replace('\n', ' ')));
        }
        return said;
      } finally {
        Files.delete(log);
      }
    } catch (IOException e) {
      throw new Unavailable("cannot run " + command[0] + ": " + e.getMessage());
    }
  }

  private static String end(String said) {
    return said.substring(Math.max(0, said.length() - LAST_LETTERS));
  }
}
