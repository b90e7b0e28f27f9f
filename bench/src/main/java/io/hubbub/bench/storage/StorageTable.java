package io.hubbub.bench.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Keeps the figures and lays them out as Markdown, each beside the same of a small log. */
public final class StorageTable implements StorageReport {
  private final long baseline;
  private final List<StorageRow> costs = new ArrayList<>();
  private final List<StorageSize> sizes = new ArrayList<>();

  /**
   * Empty.
   *
   * @param baseline messages of the log to compare with
   */
  public StorageTable(long baseline) {
    this.baseline = baseline;
  }

  @Override
  public void cost(StorageRow row) {
    costs.add(row);
  }

  @Override
  public void size(StorageSize size) {
    sizes.add(size);
  }

  /**
   * How many times the CPU of the same call on the small log; empty where that was not measured.
   */
  OptionalDouble ratio(StorageRow row) {
    return costs.stream()
        .filter(other -> other.rows() == baseline && other.what().equals(row.what()))
        .mapToDouble(other -> row.cpuMicros() / other.cpuMicros())
        .findFirst();
  }

  /** Two tables: costs of calls, bytes on disk. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append("| call | messages in the log | CPU µs of PostgreSQL | of the small log's")
        .append(" | p50 µs | p99 µs |\n|---|---|---|---|---|---|\n");
    costs.stream().map(StorageRow::what).distinct().forEach(what -> calls(text, what));
    text.append("\n| relation | messages in the log | bytes per message |\n|---|---|---|\n");
    for (StorageSize size : sizes) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %.1f |%n",
              size.relation(),
              size.rows(),
              size.bytesPerRow()));
    }
    return text.toString();
  }

  private void calls(StringBuilder text, String what) {
    for (StorageRow row : costs) {
      if (row.what().equals(what)) {
        OptionalDouble ratio = ratio(row);
        String times =
            ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "";
        text.append(
            String.format(
                Locale.ROOT,
                "| %s | %,d | %,.0f | %s | %,.0f | %,.0f |%n",
                what,
                row.rows(),
                row.cpuMicros(),
                times,
                row.medianMicros(),
                row.p99Micros()));
      }
    }
  }
}
