package io.hubbub.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** A node in a process of its own, whose output is kept. Closing stops it. */
final class TestNode implements AutoCloseable {
  /** One copy of the database's programs for all tests. */
  static final Path PROGRAMS = Path.of("target/postgresql-programs").toAbsolutePath();

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  final int port;
  private final Process process;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private TestNode(int port, Process process) {
    this.port = port;
    this.process = process;
    this.reader = new Thread(this::read, "output of a node");
    reader.start();
  }

  /** Starts a node on a port; its output is kept and shown. */
  static TestNode start(int port, String... settings) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // As the manifest of the jar allows it: Netty loads a library of its own.
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path", ""),
                "io.hubbub.server.Main",
                "--http.host=127.0.0.1",
                "--http.port=" + port,
                "--drain.window=1s",
                "--database.embedded.binaries=" + PROGRAMS));
    command.addAll(Arrays.asList(settings));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("HUBBUB_"));
    return new TestNode(port, builder.start());
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        System.out.println("[node " + port + "] " + line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything it has written so far. */
  String output() {
    return String.join("\n", output);
  }

  /** The status that a path is answered with, or 0 where nobody listens. */
  int status(String path) {
    return get(path)[0] instanceof Integer status ? status : 0;
  }

  /** The body that a path is answered with, or nothing. */
  String body(String path) {
    return String.valueOf(get(path)[1]);
  }

  private Object[] get(String path) {
    try {
      HttpResponse<String> answer =
          HTTP.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                  .timeout(Duration.ofSeconds(5))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return new Object[] {answer.statusCode(), answer.body()};
    } catch (IOException nobodyListens) {
      return new Object[] {0, ""};
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Object[] {0, ""};
    }
  }

  TestNode awaitReady() throws InterruptedException {
    await("ready", () -> status("/health/ready") == 200);
    return this;
  }

  /** Waits until something holds, and fails when it does not or the process has ended. */
  void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(process.isAlive(), () -> "ended before it was " + what + ":\n" + output());
      assertTrue(System.nanoTime() < end, () -> "not " + what + " in time:\n" + output());
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Sends SIGTERM. (Process.destroy would also close the output.) */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Sends SIGKILL and waits for the end. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** The exit code, when the process has ended by itself. */
  int exitCode() throws InterruptedException {
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> "still running:\n" + output());
    reader.join();
    return process.exitValue();
  }

  /** Stops it, so that its database ends too; kills it where that does not help. */
  @Override
  public void close() {
    process.toHandle().destroy();
    try {
      process.onExit().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly().onExit().join();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
