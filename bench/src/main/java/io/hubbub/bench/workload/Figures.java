package io.hubbub.bench.workload;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one run of a workload came to.
 *
 * @param values by name; the name says the unit
 * @param remarks what a reader must know to believe them
 */
public record Figures(Map<String, Double> values, Map<String, String> remarks) {

  /** None yet. */
  public static Figures none() {
    return new Figures(new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  /** Adds a figure. */
  public Figures with(String name, double value) {
    values.put(name, value);
    return this;
  }

  /** Adds a remark. */
  public Figures remark(String name, String text) {
    remarks.put(name, text);
    return this;
  }
}
