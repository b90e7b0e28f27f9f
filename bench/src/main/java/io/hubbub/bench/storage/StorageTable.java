package io.hubbub.bench.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Keeps the figures and lays them out as Markdown: calls together, sizes in order. */
public final class StorageTable implements StorageReport {
  private final List<StorageRow> costs = new ArrayList<>();
  private final List<StorageSize> sizes = new ArrayList<>();

  @Override
  public void cost(StorageRow row) {
    costs.add(row);
  }

  @Override
  public void size(StorageSize size) {
    sizes.add(size);
  }

  /** Two tables: costs of calls, bytes on disk. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append("| call | messages in the log | CPU µs of PostgreSQL | on the small log | ratio")
        .append(" | p50 µs | p99 µs |\n|---|---|---|---|---|---|---|\n");
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
        text.append(
            String.format(
                Locale.ROOT,
                "| %s | %,d | %,.0f | %,.0f | %.2f | %,.0f | %,.0f |%n",
                what,
                row.rows(),
                row.cpuMicros(),
                row.smallCpuMicros(),
                row.ratio(),
                row.medianMicros(),
                row.p99Micros()));
      }
    }
  }
}
