package io.hubbub.bench.machine;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What lives in a heap, by class, as {@code jcmd GC.class_histogram} says after a collection.
 *
 * @param classes how many of each, and their bytes
 */
public record Histogram(Map<String, Held> classes) {
  private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");
  private static final int SHOWN = 60;

  /**
   * Objects of one class.
   *
   * @param count how many
   * @param bytes of all of them, without what they refer to
   */
  public record Held(long count, long bytes) {}

  /** What lives in a process now. */
  public static Histogram of(NodeJvm process) throws IOException, InterruptedException {
    return parse(process.jcmd("GC.class_histogram"));
  }

  static Histogram parse(String text) {
    Map<String, Held> classes = new HashMap<>();
    text.lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(
            line ->
                classes.put(
                    line.group(3),
                    new Held(Long.parseLong(line.group(1)), Long.parseLong(line.group(2)))));
    return new Histogram(classes);
  }

  /**
   * What has come since, shared out: a table with the largest classes first.
   *
   * @param before an earlier one
   * @param units between how many things
   */
  public String perUnit(Histogram before, int units) {
    Map<String, Held> more = new HashMap<>();
    classes.forEach(
        (name, held) -> {
          Held was = before.classes.getOrDefault(name, new Held(0, 0));
          more.put(name, new Held(held.count - was.count, held.bytes - was.bytes));
        });
    long all = more.values().stream().mapToLong(Held::bytes).sum();
    return String.format("%10.1f bytes in all%n", (double) all / units)
        + more.entrySet().stream()
            .sorted(Comparator.comparing(entry -> -entry.getValue().bytes()))
            .limit(SHOWN)
            .map(
                entry ->
                    String.format(
                        "%10.1f bytes %8.2f of %s",
                        (double) entry.getValue().bytes() / units,
                        (double) entry.getValue().count() / units,
                        entry.getKey()))
            .collect(Collectors.joining("\n"));
  }
}
