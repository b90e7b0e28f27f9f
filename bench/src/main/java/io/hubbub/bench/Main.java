package io.hubbub.bench;

import io.hubbub.bench.contestant.Contestants;
import io.hubbub.bench.report.Circumstances;
import io.hubbub.bench.report.Report;
import io.hubbub.bench.workload.Workloads;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** What {@code bench/run} starts. Exit codes: 0, 1 where a run failed, 2 for a wrong option. */
public final class Main {
  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");
  private static final int LEAST_WARM_UP = 10;

  private Main() {}

  /** Measures what the arguments ask for, and reports. */
  public static void main(String[] args) throws Exception {
    Options options;
    try {
      options = Options.of(args);
    } catch (Options.Wrong e) {
      System.err.println("bench/run: " + e.getMessage());
      System.exit(2);
      return;
    }
    if (options.help()) {
      System.out.print(Usage.text());
      return;
    }
    if (Workloads.plan(options.only(), options.contestants()).isEmpty()) {
      System.err.println("bench/run: none of these contestants can do any of these workloads");
      System.exit(2);
    }
    System.exit(measure(options, typed(args)) ? 0 : 1);
  }

  private static boolean measure(Options options, String command) throws Exception {
    Path home = Path.of(System.getProperty("hubbub.home", ".")).toAbsolutePath().normalize();
    List<Workloads.Entry> plan = Workloads.plan(options.only(), options.contestants());
    Circumstances circumstances = Circumstances.now(home, command);
    circumstances.add("Rounds", rounds(options));
    Path scratch = home.resolve("bench").resolve("target").resolve("runs");
    Contestants.Setup setup = new Contestants.Setup(home, options.javaOptions());
    Path folder =
        home.resolve(options.out()).resolve(LocalDateTime.now(ZoneId.systemDefault()).format(NAME));
    Rounds rounds = new Rounds(setup, scratch, folder, circumstances);
    Report report = new Report(folder, plan);

    String text = "";
    for (int round = 1; round <= options.repeats(); round++) {
      rounds.round(round, plan, options.times());
      text = report.write(circumstances, rounds.results());
    }
    System.out.println();
    System.out.print(text);
    System.out.println("\n" + home.relativize(folder).resolve("report.md"));
    return !rounds.results().failed();
  }

  /** As it is typed into a shell again. */
  private static String typed(String... args) {
    StringBuilder command = new StringBuilder("bench/run");
    for (String arg : args) {
      command.append(' ').append(arg.contains(" ") ? "'" + arg + "'" : arg);
    }
    return command.toString();
  }

  private static String rounds(Options options) {
    String text =
        "%d, each %d s of warm-up and %d s measured"
            .formatted(options.repeats(), options.warmUp(), options.seconds());
    return options.warmUp() < LEAST_WARM_UP
        ? text + "; **too little warm-up: not to be quoted**"
        : text;
  }
}
