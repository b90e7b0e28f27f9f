package io.hubbub.bench;

import io.hubbub.bench.contestant.Contestant;
import io.hubbub.bench.contestant.Contestants;
import io.hubbub.bench.contestant.Unavailable;
import io.hubbub.bench.report.Circumstances;
import io.hubbub.bench.report.Results;
import io.hubbub.bench.report.Run;
import io.hubbub.bench.workload.Figures;
import io.hubbub.bench.workload.Workload;
import io.hubbub.bench.workload.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Measures, one contestant after the other, each on a database of its own. */
final class Rounds {
  private final Contestants.Setup setup;
  private final Path scratch;
  private final Circumstances circumstances;
  private final Path attached;
  private final Results results = new Results();

  /**
   * Nothing yet.
   *
   * @param scratch where databases and logs go; it must be on a disk, or fsync costs nothing
   * @param attached where texts go that belong to the report
   */
  Rounds(Contestants.Setup setup, Path scratch, Path attached, Circumstances circumstances) {
    this.setup = setup;
    this.scratch = scratch;
    this.attached = attached;
    this.circumstances = circumstances;
  }

  Results results() {
    return results;
  }

  /** Everybody once. What fails is told in the results, and the others go on. */
  void round(int number, List<Workloads.Entry> plan, Workload.Times times)
      throws IOException, InterruptedException {
    for (Workloads.Entry entry : plan) {
      for (String name : entry.contestants()) {
        if (results.of(entry.name(), name, Run.Outcome.SKIPPED).isEmpty()) {
          Run run = run(number, entry, name, times);
          results.add(run);
          say(run, entry);
        }
      }
    }
  }

  private Run run(int round, Workloads.Entry entry, String name, Workload.Times times)
      throws IOException, InterruptedException {
    Path folder = scratch.resolve(entry.name() + "-" + name + "-" + round);
    delete(folder);
    Files.createDirectories(folder);
    Run run = measured(round, entry, name, times, folder);
    if (run.outcome() != Run.Outcome.FAILED) {
      delete(folder);
    }
    return run;
  }

  private Run measured(
      int round, Workloads.Entry entry, String name, Workload.Times times, Path folder)
      throws InterruptedException {
    try (Contestant contestant = Contestants.named(name).starter().start(setup, folder)) {
      contestant.versions().forEach(circumstances::add);
      Figures figures = entry.workload().run(contestant, times);
      attach(entry.name() + "-" + name + "-", figures);
      return Run.measured(entry.name(), name, round, figures.values(), figures.remarks());
    } catch (Unavailable e) {
      return Run.without(entry.name(), name, round, Run.Outcome.SKIPPED, line(e));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return Run.without(entry.name(), name, round, Run.Outcome.FAILED, line(e));
    }
  }

  private void attach(String prefix, Figures figures) throws IOException {
    for (Map.Entry<String, String> text : figures.attached().entrySet()) {
      String file = prefix + text.getKey();
      Files.createDirectories(attached);
      Files.writeString(attached.resolve(file), text.getValue());
      figures.remark("see", "[" + file + "](" + file + ")");
    }
  }

  private static void say(Run run, Workloads.Entry entry) {
    String figure = entry.plots().get(0);
    String what =
        switch (run.outcome()) {
          case MEASURED ->
              run.values().containsKey(figure)
                  ? String.format(Locale.ROOT, "%,.2f %s", run.values().get(figure), figure)
                  : "measured";
          case FAILED -> "FAILED: " + run.reason();
          case SKIPPED -> "skipped: " + run.reason();
        };
    System.out.printf(
        "round %d  %s  %s  %s%n", run.round(), run.workload(), run.contestant(), what);
  }

  /** As one line, in which nothing tells where the repository is. */
  private String line(Exception e) {
    String message = e.getMessage();
    return (message == null ? e.toString() : message)
        .replace(setup.home() + "/", "")
        .replaceAll("\\s+", " ");
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
