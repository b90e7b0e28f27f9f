package io.hubbub.system.harness;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a process runs.
 *
 * @param namespace its network namespace; empty for that of the tests themselves
 * @param address where others reach it
 */
public record Place(String namespace, String address) {
  /** The loopback of this machine, where everything is reached without a network. */
  public static final Place HERE = new Place("", "127.0.0.1");

  /**
   * A command, as it is started to run here; of an empty one, what every command begins with.
   * Nothing stands between: the process that is started is the command's own, so that signals reach
   * it.
   */
  public List<String> command(List<String> command) {
    if (namespace.isEmpty()) {
      return command;
    }
    List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    inside.addAll(command);
    return inside;
  }
}
