package io.hubbub.bench;

import io.hubbub.bench.contestant.Contestants;
import io.hubbub.bench.workload.Workload;
import io.hubbub.bench.workload.Workloads;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What {@code bench/run} was asked for.
 *
 * @param help whether only to tell what there is
 * @param only names of workloads, all where empty
 * @param contestants names of contestants, all that can where empty
 * @param repeats how many rounds
 * @param warmUp seconds
 * @param seconds that are measured
 * @param javaOptions of the JVMs of Hubbub's nodes
 * @param out where reports go, as it was given
 */
public record Options(
    boolean help,
    List<String> only,
    List<String> contestants,
    int repeats,
    int warmUp,
    int seconds,
    String javaOptions,
    Path out) {
  static final int REPEATS = 3;
  static final int WARM_UP = 10;
  static final int SECONDS = 10;
  static final int QUICK_SECONDS = 3;
  private static final int MOST = 3_600;
  static final String OUT = "bench/results";

  /** An option that does not exist, or has a value that cannot be; the message is one line. */
  public static final class Wrong extends Exception {
    Wrong(String message) {
      super(message);
    }
  }

  /** Reads the command line. */
  public static Options of(String... args) throws Wrong {
    boolean help = false;
    boolean quick = List.of(args).contains("--quick");
    List<String> only = List.of();
    List<String> contestants = List.of();
    int repeats = quick ? 1 : REPEATS;
    int warmUp = quick ? QUICK_SECONDS : WARM_UP;
    int seconds = quick ? QUICK_SECONDS : SECONDS;
    String javaOptions = "";
    String out = OUT;
    for (String arg : args) {
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals + 1);
      String value = arg.substring(equals + 1);
      switch (name) {
        case "--help" -> help = true;
        case "--quick" -> {}
        case "--only=" -> only = names("workload", value, Workloads.names());
        case "--contestants=" -> contestants = names("contestant", value, Contestants.names());
        case "--repeats=" -> repeats = number(name, value, 1);
        case "--warmup=" -> warmUp = number(name, value, 0);
        case "--seconds=" -> seconds = number(name, value, 1);
        case "--java-options=" -> javaOptions = value;
        case "--out=" -> out = value;
        default -> throw new Wrong("unknown option " + arg + "; bench/run --help lists them");
      }
    }
    return new Options(
        help, only, contestants, repeats, warmUp, seconds, javaOptions, Path.of(out));
  }

  private static List<String> names(String what, String value, Collection<String> known)
      throws Wrong {
    List<String> names = new ArrayList<>();
    for (String name : value.split(",", -1)) {
      if (!known.contains(name)) {
        throw new Wrong(
            "no " + what + " is called '" + name + "'; there are " + String.join(", ", known));
      }
      if (!names.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  private static int number(String name, String value, int least) throws Wrong {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= MOST) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new Wrong(name + value + " is no whole number from " + least + " to " + MOST);
  }

  /** How long a workload warms up and is measured. */
  public Workload.Times times() {
    return new Workload.Times(warmUp, seconds);
  }
}
