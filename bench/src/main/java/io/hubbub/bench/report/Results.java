package io.hubbub.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** All runs so far, and questions to them. */
public final class Results {
  private final List<Run> runs = new ArrayList<>();

  /** Adds a run. */
  public void add(Run run) {
    runs.add(run);
  }

  /** All runs, in the order in which they were done. */
  public List<Run> runs() {
    return List.copyOf(runs);
  }

  /** Whether any run failed. */
  public boolean failed() {
    return runs.stream().anyMatch(run -> run.outcome() == Run.Outcome.FAILED);
  }

  /** The runs of one contestant in one workload. */
  public List<Run> of(String workload, String contestant) {
    return runs.stream()
        .filter(run -> run.workload().equals(workload) && run.contestant().equals(contestant))
        .toList();
  }

  /** The runs of one contestant in one workload that ended in one way. */
  public List<Run> of(String workload, String contestant, Run.Outcome outcome) {
    return of(workload, contestant).stream().filter(run -> run.outcome() == outcome).toList();
  }

  /** A figure over all measured repeats. */
  public Optional<Spread> spread(String workload, String contestant, String figure) {
    List<Double> values = new ArrayList<>();
    for (Run run : of(workload, contestant)) {
      Double value = run.values().get(figure);
      if (value != null && Double.isFinite(value)) {
        values.add(value);
      }
    }
    return Spread.of(values);
  }

  /** The median of a figure, for goals; empty too where any repeat failed: that is no result. */
  public OptionalDouble median(String workload, String contestant, String figure) {
    if (!of(workload, contestant, Run.Outcome.FAILED).isEmpty()) {
      return OptionalDouble.empty();
    }
    return spread(workload, contestant, figure)
        .map(spread -> OptionalDouble.of(spread.median()))
        .orElse(OptionalDouble.empty());
  }

  /** The names of all figures of a workload, in their order. */
  public List<String> figures(String workload) {
    LinkedHashSet<String> names = new LinkedHashSet<>();
    runs.stream()
        .filter(run -> run.workload().equals(workload))
        .forEach(run -> names.addAll(run.values().keySet()));
    return List.copyOf(names);
  }
}
