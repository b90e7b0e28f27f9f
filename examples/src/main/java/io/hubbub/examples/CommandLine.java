package io.hubbub.examples;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Settings on a command line, {@code --name=value}. Pure. */
public final class CommandLine {
  private CommandLine() {}

  /**
   * The settings by name, the last of each. Those that say how to join, {@code node.name} and
   * {@code cluster.*}, are known to every service.
   *
   * @param names the service's own, as a regular expression
   * @throws IllegalArgumentException with one line that names what is wrong
   */
  public static Map<String, String> settings(List<String> arguments, String names) {
    Map<String, String> settings = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (!argument.startsWith("--") || equals < 0) {
        throw new IllegalArgumentException("expected --name=value instead of " + argument);
      }
      String name = argument.substring(2, equals);
      if (!name.matches(names + "|node\\.name|cluster\\..+")) {
        throw new IllegalArgumentException(name + ": there is no such setting");
      }
      settings.put(name, argument.substring(equals + 1));
    }
    return settings;
  }
}
