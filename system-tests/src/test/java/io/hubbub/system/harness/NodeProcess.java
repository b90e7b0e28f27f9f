package io.hubbub.system.harness;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node in a process of its own. Its output goes to a file under {@code target/logs}. */
public final class NodeProcess implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private static final AtomicInteger STARTED = new AtomicInteger();
  private static final int TAIL_LINES = 60;

  /** Small and quick to start: several run beside each other. */
  private static final List<String> JVM =
      List.of(
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xshare:auto",
          "-Djava.io.tmpdir=" + Path.of("target").toAbsolutePath(),
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.management/sun.management=ALL-UNNAMED",
          "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED");

  private static final Pattern ID = Pattern.compile("Starting (\\S+~[0-9a-f]+) with roles");

  private final String name;
  private final Place place;
  private final int port;
  private final Path log;
  private final Process process;

  private NodeProcess(String name, Place place, int port, Path log, Process process) {
    this.name = name;
    this.place = place;
    this.port = port;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts a node; it is not ready yet.
   *
   * @param settings as on the command line, {@code --name=value}
   */
  public static NodeProcess start(String name, int port, List<String> settings) throws IOException {
    return start(name, port, List.of(), settings);
  }

  /** Starts a node with more flags for its JVM, which win over the usual ones. */
  public static NodeProcess start(String name, int port, List<String> jvm, List<String> settings)
      throws IOException {
    return start(name, Place.HERE, port, jvm, settings, Map.of(), List.of());
  }

  /** The same somewhere, with more environment variables, and classes that win over the others. */
  public static NodeProcess start(
      String name,
      Place place,
      int port,
      List<String> jvm,
      List<String> settings,
      Map<String, String> environment,
      List<Path> before)
      throws IOException {
    List<String> all = new ArrayList<>();
    all.add("--http.host=" + place.address());
    all.addAll(List.of("--http.port=" + port, "--node.name=" + name));
    all.addAll(settings);
    return start(name, place, port, "io.hubbub.server.Main", jvm, all, environment, before);
  }

  /** Starts something else than a node, which serves no clients. */
  public static NodeProcess start(String name, String main, List<String> arguments)
      throws IOException {
    return start(name, Place.HERE, 0, main, List.of(), arguments, Map.of(), List.of());
  }

  private static NodeProcess start(
      String name,
      Place place,
      int port,
      String main,
      List<String> jvm,
      List<String> arguments,
      Map<String, String> environment,
      List<Path> before)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(jvm);
    String classes = System.getProperty("java.class.path", "");
    for (Path winning : before) {
      classes = winning.toAbsolutePath() + File.pathSeparator + classes;
    }
    command.addAll(List.of("-cp", classes, main));
    command.addAll(arguments);
    Path log =
        Files.createDirectories(Path.of("target/logs"))
            .resolve(name + "-" + ProcessHandle.current().pid() + "-" + STARTED.incrementAndGet());
    ProcessBuilder builder =
        new ProcessBuilder(place.command(command))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("HUBBUB_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new NodeProcess(name, place, port, log, process);
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  /** Where it runs. */
  public Place place() {
    return place;
  }

  /** The id by which other nodes know it, new at each start; empty before it has one. */
  public String id() {
    Matcher found = ID.matcher(output());
    return found.find() ? found.group(1) : "";
  }

  /** A metric, summed over its tags; the node must have it. */
  public double metric(String metric) throws Exception {
    return metric(metric, "");
  }

  /** A metric, summed over those of its tags that hold a text; the node must have one. */
  public double metric(String metric, String tag) throws Exception {
    await("asked for " + metric, () -> status("/metrics") == 200);
    double[] values =
        body("/metrics")
            .lines()
            .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
            .filter(line -> line.contains(tag))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .toArray();
    if (values.length == 0) {
      throw new AssertionError(name + " has no metric " + metric + " " + tag);
    }
    return Arrays.stream(values).sum();
  }

  /** Its port for clients. */
  public int port() {
    return port;
  }

  /** Where its REST is. */
  public URI http() {
    return URI.create("http://" + place.address() + ":" + port);
  }

  /** Waits until it is ready for clients. */
  public NodeProcess awaitReady() throws Exception {
    await("ready", () -> status("/health/ready") == 200);
    return this;
  }

  /** Waits for something of a node that goes on running. */
  public void await(String what, Await.Condition condition) throws Exception {
    try {
      Await.until(
          name + " is " + what,
          () -> {
            if (!process.isAlive()) {
              throw new AssertionError(name + " ended before it was " + what);
            }
            return condition.holds();
          });
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + tail(), e);
    }
  }

  /** The status that a path is answered with, or 0 where nobody listens. */
  public int status(String path) throws InterruptedException {
    try {
      return get(path).statusCode();
    } catch (IOException nobodyListens) {
      return 0;
    }
  }

  /** The body that a path is answered with, or nothing. */
  public String body(String path) throws InterruptedException {
    try {
      return get(path).body();
    } catch (IOException nobodyListens) {
      return "";
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(http().resolve(path)).timeout(Duration.ofSeconds(5)).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** How much memory its process holds, in bytes, as the kernel counts. */
  public long residentBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .sum();
  }

  /** Ends it at once, as a crash would. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Asks it to stop (SIGTERM). */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** Stops and continues it as a whole, as a long pause of its machine would. */
  public void signal(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid()).start().waitFor();
  }

  /** Whether its process runs. */
  public boolean alive() {
    return process.isAlive();
  }

  /** Waits for its end. */
  public int exitCode(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError(name + " runs on after " + patience.toSeconds() + " s\n" + tail());
    }
    return process.exitValue();
  }

  /** Everything that it has written. */
  public String output() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "(no output: " + e + ")";
    }
  }

  /** How many lines that it has written hold a text. */
  public long said(String text) {
    return output().lines().filter(line -> line.contains(text)).count();
  }

  /** The last lines of what it has written. */
  public String tail() {
    List<String> lines = output().lines().toList();
    return "--- "
        + log
        + "\n"
        + String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  @Override
  public void close() {
    kill();
  }
}
