package io.hubbub.bench.report;

import io.hubbub.bench.contestant.Tool;
import io.hubbub.bench.contestant.Unavailable;
import io.netty.util.Version;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where, when and of what a report was made: without it, figures mean nothing. */
public final class Circumstances {
  private static final int SECONDS = 20;
  private static final double KIB_PER_GIB = 1 << 20;

  private final Map<String, String> facts = new LinkedHashMap<>();

  private Circumstances() {}

  /**
   * Those of now.
   *
   * @param home the folder of the repository
   * @param command as it was typed
   */
  public static Circumstances now(Path home, String command) throws InterruptedException {
    Circumstances all = new Circumstances();
    all.add(
        "Date",
        ZonedDateTime.now(ZoneId.systemDefault())
            .truncatedTo(ChronoUnit.MINUTES)
            .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
    all.add("Command", "`" + command + "`");
    all.add("Processor", after("/proc/cpuinfo", "model name"));
    all.add("Cores", "" + Runtime.getRuntime().availableProcessors());
    all.add("Memory", memory());
    all.add("Kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    all.add("JDK", System.getProperty("java.vendor") + " " + Runtime.version());
    all.add("Vert.x", vertx());
    all.add("Netty", netty());
    all.add("Commit", commit(home));
    return all;
  }

  /** Adds a version that only a contestant knows. */
  public void add(String name, String value) {
    facts.putIfAbsent(name, value);
  }

  /** What is known, by name. */
  public Map<String, String> facts() {
    return facts;
  }

  private static String memory() {
    String kib = after("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "");
    return kib.isEmpty()
        ? "unknown"
        : Numerals.of(Math.rint(Long.parseLong(kib) / KIB_PER_GIB * 10) / 10) + " GiB";
  }

  private static String after(String file, String name) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** From the name of the jar, as it tells nobody else. */
  private static String vertx() {
    @Nullable CodeSource source = Vertx.class.getProtectionDomain().getCodeSource();
    return source == null
        ? "unknown"
        : source.getLocation().getPath().replaceAll(".*vertx-core-(.*)\\.jar", "$1");
  }

  private static String netty() {
    Version version = Version.identify().get("netty-common");
    return version == null ? "unknown" : version.artifactVersion();
  }

  private static String commit(Path home) throws InterruptedException {
    try {
      String commit = Tool.run(home, SECONDS, "git", "rev-parse", "--short=12", "HEAD");
      String changed =
          Tool.run(home, SECONDS, "git", "status", "--porcelain", "--", ".", ":!bench/results");
      return commit + (changed.isEmpty() ? "" : " and changes that are not committed");
    } catch (Unavailable e) {
      return "unknown";
    }
  }
}
