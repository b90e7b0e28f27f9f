package io.hubbub.bench.report;

import java.util.Locale;

/** Numbers for people: three digits are enough, as a repeat differs in the third. */
final class Numerals {
  private Numerals() {}

  static String of(double value) {
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < 1_000) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }

  /** The median, and the spread where there is one. */
  static String of(Spread spread) {
    return spread.count() == 1
        ? of(spread.median())
        : of(spread.median()) + " (" + of(spread.least()) + ".." + of(spread.most()) + ")";
  }
}
