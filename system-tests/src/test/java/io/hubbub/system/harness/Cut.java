package io.hubbub.system.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Links that let nothing of some traffic through until they are healed. A rule stands where the
 * packets arrive, so that who sends them sees nothing of it; only towards places that the tests
 * share it stands where they leave.
 */
public final class Cut {
  /** What becomes of a packet. */
  public enum Manner {
    /** It is lost without a word, as in a network that broke. */
    SILENT,
    /** Its connection is reset: what it carried is lost, and who sent it knows. */
    RESET;

    private List<String> target() {
      return this == SILENT ? List.of("DROP") : List.of("REJECT", "--reject-with", "tcp-reset");
    }
  }

  private final Traffic traffic;
  private final Manner manner;
  private final List<List<String>> rules = new ArrayList<>();

  Cut(Traffic traffic, Manner manner) {
    this.traffic = traffic;
    this.manner = manner;
  }

  /** Cuts what goes from one place to another. */
  Cut way(Place from, Place to) throws IOException, InterruptedException {
    boolean arriving = !to.namespace().isEmpty();
    List<String> rule = new ArrayList<>();
    rule.addAll(
        arriving ? List.of("INPUT", "-s", from.address()) : List.of("OUTPUT", "-d", to.address()));
    rule.addAll(
        manner == Manner.RESET && traffic == Traffic.ALL ? List.of("-p", "tcp") : traffic.match());
    rule.add("-j");
    rule.addAll(manner.target());
    Place where = arriving ? to : from;
    Commands.run(command(where, "-I", rule));
    rules.add(command(where, "-D", rule));
    return this;
  }

  private static List<String> command(Place where, String what, List<String> rule) {
    List<String> command = new ArrayList<>(List.of("iptables", "-w", what));
    command.addAll(rule);
    return where.command(command);
  }

  /** Lets everything through again. */
  public void heal() throws IOException, InterruptedException {
    for (List<String> rule : rules) {
      Commands.run(rule);
    }
    rules.clear();
  }
}
