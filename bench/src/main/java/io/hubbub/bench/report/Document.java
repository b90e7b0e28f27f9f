package io.hubbub.bench.report;

import io.hubbub.bench.contestant.Contestants;
import io.hubbub.bench.contestant.Contestants.Kind;
import io.hubbub.bench.workload.Workloads;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/** The text of a report, as Markdown. */
final class Document {
  private static final String NONE = "–";

  private final Results results;

  Document(Results results) {
    this.results = results;
  }

  /** Where, when, what. */
  static String head(Circumstances circumstances) {
    StringBuilder facts = new StringBuilder();
    circumstances
        .facts()
        .forEach((name, value) -> facts.append("- ").append(name + ": " + value).append('\n'));
    return "# How fast Hubbub is\n\n"
        + facts
        + "\nFigures are medians over all rounds, with the least and the most in brackets. All"
        + " contestants ran\non this machine in this run, one after the other. See"
        + " bench/README.md for what they mean.\n";
  }

  /** All goals. */
  String goals() {
    Table table = new Table(List.of("goal", "wanted", "reached", "", ""));
    for (Goal goal : Goals.all()) {
      OptionalDouble value = goal.value().apply(results);
      table.row(
          List.of(
              goal.text(),
              goal.wanted(),
              value.isPresent() ? Numerals.of(value.getAsDouble()) : NONE,
              goal.workload(),
              goal.verdict(results)));
    }
    return "\n## Goals\n\n" + table.text();
  }

  /** One workload: a row for each figure, a column for each contestant. */
  String workload(Workloads.Entry entry) {
    List<String> measured =
        entry.contestants().stream()
            .filter(each -> !results.of(entry.name(), each, Run.Outcome.MEASURED).isEmpty())
            .toList();
    StringBuilder text = new StringBuilder("\n## ").append(entry.name()).append(": ");
    text.append(entry.title()).append('\n');
    if (!measured.isEmpty()) {
      List<String> head = new ArrayList<>(measured);
      head.add(0, "");
      Table table = new Table(head);
      for (String figure : results.figures(entry.name())) {
        // Some figures are nothing to some workloads, as deliveries where nobody speaks.
        if (measured.stream()
            .anyMatch(each -> results.spread(entry.name(), each, figure).isPresent())) {
          table.row(
              row(
                  figure,
                  measured,
                  each -> results.spread(entry.name(), each, figure).map(Numerals::of)));
        }
      }
      ratios(table, entry, measured);
      text.append('\n').append(table.text());
    }
    without(text, entry);
    remarks(text, entry);
    return text.toString();
  }

  /** The names of the plots of a workload, as links. */
  static String plots(List<String> files) {
    StringBuilder text = new StringBuilder(files.isEmpty() ? "" : "\n");
    files.forEach(file -> text.append("![").append(file).append("](").append(file).append(")\n"));
    return text.toString();
  }

  /** The first figure that is drawn, by that of each limit and peer. */
  private void ratios(Table table, Workloads.Entry entry, List<String> measured) {
    String figure = entry.plots().get(0);
    for (String by : measured) {
      Optional<Spread> base = results.spread(entry.name(), by, figure);
      if (Contestants.named(by).kind() == Kind.HUBBUB || base.isEmpty()) {
        continue;
      }
      table.row(
          row(
              figure + " ÷ " + by + "'s",
              measured,
              each ->
                  results
                      .spread(entry.name(), each, figure)
                      .map(own -> Numerals.of(own.median() / base.get().median()) + " ×")));
    }
  }

  private static List<String> row(
      String name, List<String> contestants, Function<String, Optional<String>> cell) {
    List<String> cells = new ArrayList<>();
    cells.add(name);
    contestants.forEach(each -> cells.add(cell.apply(each).orElse(NONE)));
    return cells;
  }

  private void without(StringBuilder text, Workloads.Entry entry) {
    for (String each : entry.contestants()) {
      for (Run run : results.of(entry.name(), each)) {
        switch (run.outcome()) {
          case FAILED ->
              text.append("\n**FAILED**: ")
                  .append(each)
                  .append(" in round ")
                  .append(run.round())
                  .append(": ")
                  .append(run.reason())
                  .append('\n');
          case SKIPPED ->
              text.append("\nSkipped: ")
                  .append(each)
                  .append(": ")
                  .append(run.reason())
                  .append('\n');
          case MEASURED -> {}
        }
      }
    }
  }

  /** Each remark once, not for each round. */
  private void remarks(StringBuilder text, Workloads.Entry entry) {
    Set<String> lines = new LinkedHashSet<>();
    for (String each : entry.contestants()) {
      for (Run run : results.of(entry.name(), each)) {
        run.remarks()
            .forEach((name, remark) -> lines.add("- " + each + ", " + name + ": " + remark));
      }
    }
    if (!lines.isEmpty()) {
      text.append('\n').append(String.join("\n", lines)).append('\n');
    }
  }
}
