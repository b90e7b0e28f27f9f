package io.hubbub.bench.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process that is measured. Its output goes to a file. */
public final class NodeJvm implements AutoCloseable {
  private static final Pattern USED = Pattern.compile("(?:used|Used) (\\d+)K");
  private static final int PAUSE_MILLIS = 20;

  private final Process process;
  private final Path log;

  private NodeJvm(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a command.
   *
   * @param environment more variables
   * @param log where its output goes
   */
  public static NodeJvm start(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HUBBUB_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new NodeJvm(process, log);
  }

  /** Its number. */
  public long pid() {
    return process.pid();
  }

  /** Waits until its output has some words. */
  public void until(String words, int seconds) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (lines(words).isEmpty()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("does not say '" + words + "', see " + log);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** The lines of its output that have some words. */
  public List<String> lines(String words) throws IOException {
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      return lines.filter(line -> line.contains(words)).toList();
    }
  }

  /** Bytes of the heap that are in use right after a full collection, as {@code jcmd} says. */
  public long liveHeap() throws IOException, InterruptedException {
    jcmd("GC.run");
    jcmd("GC.run");
    Matcher used = USED.matcher(jcmd("GC.heap_info"));
    if (!used.find()) {
      throw new IOException("GC.heap_info does not say how much is used");
    }
    return Long.parseLong(used.group(1)) << 10;
  }

  /** What {@code jcmd} answers. */
  public String jcmd(String... words) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    command.add("" + pid());
    command.addAll(List.of(words));
    Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
    String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    jcmd.waitFor();
    return answer;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
