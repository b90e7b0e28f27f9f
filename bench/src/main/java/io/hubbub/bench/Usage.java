package io.hubbub.bench;

import io.hubbub.bench.contestant.Contestants;
import io.hubbub.bench.workload.Workloads;
import java.util.Locale;

/** What {@code --help} says. */
final class Usage {
  private static final String OPTIONS =
      """
      Measures Hubbub, what this machine could do at most, and others of its kind.

      bench/run [options]
        --only=NAME,...         workloads (all)
        --contestants=NAME,...  who is measured (of each workload all that can do it)
        --repeats=N             rounds; each round measures everybody once (%d)
        --warmup=SECONDS        before anything is measured; the JIT needs 8 (%d)
        --seconds=SECONDS       that are measured (%d)
        --quick                 1 round, %d s of warm-up and %d s measured, where not given:
                                to see that it runs, not to be quoted
        --java-options=WORDS    options of the JVMs of Hubbub's nodes (none)
        --out=FOLDER            where the folder with the report goes (%s)
        --help                  this
      """;

  private Usage() {}

  static String text() {
    StringBuilder text =
        new StringBuilder(
            OPTIONS.formatted(
                Options.REPEATS,
                Options.WARM_UP,
                Options.SECONDS,
                Options.QUICK_SECONDS,
                Options.QUICK_SECONDS,
                Options.OUT));
    text.append("\nWorkloads\n");
    Workloads.all().forEach(each -> line(text, each.name(), each.title()));
    text.append("\nContestants\n");
    Contestants.all().forEach(each -> line(text, each.name(), each.title()));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String title) {
    text.append(String.format(Locale.ROOT, "  %-24s%s%n", name, title));
  }
}
