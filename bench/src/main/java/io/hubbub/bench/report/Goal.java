package io.hubbub.bench.report;

import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Something to reach.
 *
 * @param workload the name of it, W1 and so on
 * @param text what is to be reached, without the bound
 * @param value what was reached; empty where it was not measured
 * @param sense whether the bound is the least or the most
 * @param bound which still is good
 * @param unit of both
 */
public record Goal(
    String workload,
    String text,
    Function<Results, OptionalDouble> value,
    Sense sense,
    double bound,
    String unit) {

  /** On which side of the bound it is good. */
  public enum Sense {
    /** The value must not be less. */
    AT_LEAST("≥"),
    /** The value must not be more. */
    AT_MOST("≤");

    private final String sign;

    Sense(String sign) {
      this.sign = sign;
    }
  }

  /** The bound as text. */
  public String wanted() {
    return sense.sign + " " + Numerals.of(bound) + (unit.isEmpty() ? "" : " " + unit);
  }

  /** Whether a value is good. */
  public boolean met(double value) {
    return sense == Sense.AT_LEAST ? value >= bound : value <= bound;
  }

  /** Met, or by how much not, in words. */
  public String verdict(Results results) {
    OptionalDouble reached = value.apply(results);
    if (reached.isEmpty()) {
      return "not measured";
    }
    double value = reached.getAsDouble();
    if (met(value)) {
      return "met";
    }
    if (bound == 0 || value == 0) {
      return "NOT met";
    }
    double off = Math.rint(Math.abs(value / bound - 1) * 1_000) / 10;
    return "NOT met: " + Numerals.of(off) + " % too " + (value < bound ? "little" : "much");
  }
}
