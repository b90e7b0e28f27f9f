package io.hubbub.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads settings from a file, then the environment, then the command line; later ones win. An
 * unknown name or an ill-typed value is an error wherever it stands, also when a later source would
 * win.
 */
public final class SettingsReader {
  private static final String CONFIG = "config";
  private static final String CONFIG_VARIABLE = Settings.VARIABLE_PREFIX + "CONFIG";

  /** Read by the launcher, not by the node. */
  private static final Set<String> NOT_SETTINGS =
      Set.of(CONFIG_VARIABLE, Settings.VARIABLE_PREFIX + "JAVA_OPTS");

  private final Map<Setting<?>, Object> parsed = new HashMap<>();
  private final Map<String, Setting<?>> byName = new LinkedHashMap<>();
  private final Map<String, Setting<?>> byVariable = new HashMap<>();

  private SettingsReader() {
    for (Setting<?> setting : Settings.all()) {
      byName.put(setting.name(), setting);
      byVariable.put(setting.variable(), setting);
      parsed.put(setting, setting.parser().parse(setting.standard()));
    }
  }

  /** Whether the arguments ask for help rather than a node. */
  public static boolean wantsHelp(List<String> arguments) {
    return arguments.contains("--help") || arguments.contains("-h");
  }

  /**
   * Reads all sources.
   *
   * @throws ConfigException on the first name or value that is wrong
   */
  public static Values read(List<String> arguments, Map<String, String> environment)
      throws ConfigException {
    SettingsReader reader = new SettingsReader();
    Map<String, String> commandLine = commandLine(arguments);
    String file = commandLine.remove(CONFIG);
    if (file == null) {
      file = environment.get(CONFIG_VARIABLE);
    }
    if (file != null && !file.isBlank()) {
      reader.file(Path.of(file));
    }
    reader.environment(environment);
    for (Map.Entry<String, String> argument : commandLine.entrySet()) {
      reader.named(argument.getKey(), argument.getValue(), "--" + argument.getKey());
    }
    return new Values(reader.parsed);
  }

  private static Map<String, String> commandLine(List<String> arguments) throws ConfigException {
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("--") || argument.length() == 2) {
        throw new ConfigException(
            "unknown argument '" + argument + "'; settings are given as --name=value (see --help)");
      }
      int equals = argument.indexOf('=');
      if (equals > 0) {
        given.put(argument.substring(2, equals), argument.substring(equals + 1));
      } else if (i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--")) {
        given.put(argument.substring(2), arguments.get(++i));
      } else {
        throw new ConfigException(argument + " has no value; write " + argument + "=…");
      }
    }
    return given;
  }

  private void file(Path path) throws ConfigException {
    List<String> lines;
    try {
      lines = Files.readAllLines(path);
    } catch (IOException e) {
      throw new ConfigException(
          "--config: cannot read " + path + " (" + e.getClass().getSimpleName() + ")");
    }
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String place = path + ":" + (i + 1);
      int equals = line.indexOf('=');
      if (equals < 0) {
        throw new ConfigException(place + ": expected 'name = value'");
      }
      String name = line.substring(0, equals).strip();
      named(name, line.substring(equals + 1).strip(), place + ": " + name);
    }
  }

  private void environment(Map<String, String> environment) throws ConfigException {
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      String name = variable.getKey();
      if (!name.startsWith(Settings.VARIABLE_PREFIX) || NOT_SETTINGS.contains(name)) {
        continue;
      }
      Setting<?> setting = byVariable.get(name);
      if (setting == null) {
        throw new ConfigException("environment: there is no setting for " + name + " (see --help)");
      }
      set(setting, variable.getValue(), name);
    }
  }

  private void named(String name, String value, String place) throws ConfigException {
    Setting<?> setting = byName.get(name);
    if (setting == null) {
      throw new ConfigException(place + ": there is no such setting (see --help)");
    }
    set(setting, value, place);
  }

  private void set(Setting<?> setting, String value, String place) throws ConfigException {
    try {
      parsed.put(setting, setting.parser().parse(value));
    } catch (IllegalArgumentException expected) {
      throw new ConfigException(
          place
              + ": expected "
              + expected.getMessage()
              + ", not '"
              + Secrets.mask(setting, value)
              + "'");
    }
  }
}
