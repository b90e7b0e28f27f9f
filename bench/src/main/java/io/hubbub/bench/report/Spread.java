package io.hubbub.bench.report;

import java.util.List;
import java.util.Optional;

/**
 * What repeats of one figure came to.
 *
 * @param median the one in the middle, or between the two in the middle
 * @param least the least
 * @param most the most
 * @param count how many there were
 */
public record Spread(double median, double least, double most, int count) {
  /** Of some values; empty where there are none. */
  public static Optional<Spread> of(List<Double> values) {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int last = sorted.length - 1;
    double median = (sorted[last / 2] + sorted[(last + 1) / 2]) / 2;
    return Optional.of(new Spread(median, sorted[0], sorted[last], sorted.length));
  }
}
