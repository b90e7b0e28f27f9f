package io.hubbub.bench.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;

/** The CPU time of the product's own connections, by Linux's scheduler: finer than its ticks. */
final class BackendCpu {
  private static final String PIDS =
      "SELECT coalesce(string_agg(pid::text, ','), '') FROM pg_stat_activity"
          + " WHERE application_name = 'hubbub' AND datname = current_database()";

  private final long[] pids;

  private BackendCpu(long[] pids) {
    this.pids = pids;
  }

  /** Of the connections that are open now; at least one has to be. */
  static BackendCpu of(Store store) throws SQLException {
    String pids = store.one(PIDS);
    if (pids.isEmpty()) {
      throw new IllegalStateException("no connection to measure");
    }
    return new BackendCpu(Arrays.stream(pids.split(",")).mapToLong(Long::parseLong).toArray());
  }

  /** Nanoseconds so far. */
  long nanos() {
    long sum = 0;
    for (long pid : pids) {
      try {
        String spent = Files.readString(Path.of("/proc", "" + pid, "schedstat"));
        sum += Long.parseLong(spent.substring(0, spent.indexOf(' ')));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return sum;
  }
}
