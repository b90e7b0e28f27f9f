package io.hubbub.server;

import io.hubbub.server.config.Config;
import io.hubbub.server.config.ConfigException;
import io.hubbub.server.config.SettingsReader;
import io.hubbub.server.config.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Starts a node. Exits with 0 after SIGTERM or SIGINT, with 1 when the start fails, with 2 when a
 * setting is wrong.
 */
public final class Main {
  private static final int WRONG_SETTING = 2;

  /** The folder that holds {@code data}; set by the launcher, else the working directory. */
  private static final String HOME = "hubbub.home";

  private Main() {}

  /** Runs until the process is told to stop. */
  public static void main(String[] args) {
    List<String> arguments = List.of(args);
    if (SettingsReader.wantsHelp(arguments)) {
      System.out.print(Usage.text());
      return;
    }
    Config config;
    try {
      config =
          Config.of(
              SettingsReader.read(arguments, System.getenv()),
              Path.of(System.getProperty(HOME, "")),
              hostName(System.getenv()));
    } catch (ConfigException e) {
      System.err.println("hubbub: " + e.line());
      System.exit(WRONG_SETTING);
      return;
    }
    // Before the first logger is made: logback.xml reads these.
    System.setProperty("hubbub.log.format", config.log().format().name().toLowerCase(Locale.ROOT));
    System.setProperty("hubbub.log.level", config.log().level().name());
    NodeProcess.run(config);
  }

  /** Without asking the network, which may take its time. */
  private static String hostName(Map<String, String> environment) {
    String name = environment.getOrDefault("HOSTNAME", "");
    if (name.isBlank()) {
      try {
        name = Files.readString(Path.of("/etc/hostname"));
      } catch (IOException noSuchFile) {
        name = "node";
      }
    }
    String fit = name.strip().replaceAll("[^A-Za-z0-9._-]", "-");
    return fit.isEmpty() ? "node" : fit.substring(0, Math.min(64, fit.length()));
  }
}
