package io.hubbub.bench.report;

import io.hubbub.bench.contestant.Contestants;
import io.hubbub.bench.workload.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A folder with {@code report.md}, {@code results.csv} and plots. */
public final class Report {
  private final Path folder;
  private final List<Workloads.Entry> plan;

  /**
   * Of some workloads.
   *
   * @param folder which is made where it is not there
   */
  public Report(Path folder, List<Workloads.Entry> plan) {
    this.folder = folder;
    this.plan = plan;
  }

  /**
   * Writes all files, over those of an earlier round.
   *
   * @return the text, for the terminal
   */
  public String write(Circumstances circumstances, Results results) throws IOException {
    Files.createDirectories(folder);
    Document document = new Document(results);
    String head = Document.head(circumstances);
    StringBuilder file = new StringBuilder(head).append(document.goals());
    StringBuilder terminal = new StringBuilder(head);
    for (Workloads.Entry entry : plan) {
      String table = document.workload(entry);
      terminal.append(table);
      file.append(table).append(Document.plots(plots(entry, results)));
    }
    Files.writeString(folder.resolve("report.md"), file);
    Files.writeString(folder.resolve("results.csv"), Csv.of(results));
    return terminal.append(document.goals()).toString();
  }

  private List<String> plots(Workloads.Entry entry, Results results) throws IOException {
    List<String> files = new ArrayList<>();
    for (String figure : entry.plots()) {
      Bars bars = new Bars(entry.name() + ": " + figure);
      for (String each : entry.contestants()) {
        results
            .spread(entry.name(), each, figure)
            .ifPresent(spread -> bars.bar(each, Contestants.named(each).kind(), spread));
      }
      if (!bars.isEmpty()) {
        String words = figure.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String name = entry.name() + "-" + words + ".svg";
        Files.writeString(folder.resolve(name), bars.svg());
        files.add(name);
      }
    }
    return files;
  }
}
