package io.hubbub.bench.workload;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one run of a workload came to.
 *
 * @param values by name; the name says the unit
 * @param remarks what a reader must know to believe them
 * @param attached longer texts by file name
 */
public record Figures(
    Map<String, Double> values, Map<String, String> remarks, Map<String, String> attached) {

  /** None yet. */
  public static Figures none() {
    return new Figures(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  /** Adds a figure. */
  public Figures with(String name, double value) {
    values.put(name, value);
    return this;
  }

  /** A figure; not a number where there is none. */
  public double value(String name) {
    return values.getOrDefault(name, Double.NaN);
  }

  /** Adds a remark. */
  public Figures remark(String name, String text) {
    remarks.put(name, text);
    return this;
  }

  /** Adds a longer text, which becomes a file beside the report. */
  public Figures attach(String file, String text) {
    attached.put(file, text);
    return this;
  }
}
