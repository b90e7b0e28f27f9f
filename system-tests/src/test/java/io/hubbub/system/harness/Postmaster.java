package io.hubbub.system.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A running PostgreSQL server: its first process and all that it has started. */
final class Postmaster {
  private static final Duration STOPPING = Duration.ofSeconds(60);

  private final Process process;

  private Postmaster(Process process) {
    this.process = process;
  }

  /** Starts it; it may not answer yet. */
  static Postmaster start(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    Postmaster started = new Postmaster(builder.start());
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroy));
    return started;
  }

  boolean alive() {
    return process.isAlive();
  }

  /** SIGKILL for all of it at once; done when all have ended. */
  void kill() throws IOException, InterruptedException {
    signal("STOP"); // So that nobody is born meanwhile.
    List<ProcessHandle> all = all();
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle each : all) {
      each.onExit().join();
    }
  }

  /** A fast shutdown: connections are ended, everything is written down. */
  void stop() throws IOException, InterruptedException {
    Commands.run(List.of("kill", "-INT", Long.toString(process.pid())));
    if (!process.waitFor(STOPPING.toSeconds(), TimeUnit.SECONDS)) {
      kill();
      throw new IOException("PostgreSQL did not stop within " + STOPPING.toSeconds() + " s");
    }
  }

  /** Sends a signal to its first process, then to all that there are. */
  void signal(String signal) throws IOException, InterruptedException {
    Commands.run(List.of("kill", "-" + signal, Long.toString(process.pid())));
    List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
    children().forEach(child -> command.add(Long.toString(child.pid())));
    if (command.size() > 2) {
      try {
        Commands.run(command);
      } catch (IOException someEndedMeanwhile) {
        // The others have got it.
      }
    }
  }

  private List<ProcessHandle> all() {
    return Stream.concat(Stream.of(process.toHandle()), children()).toList();
  }

  private Stream<ProcessHandle> children() {
    return process.toHandle().descendants();
  }

  private void destroy() {
    all().forEach(ProcessHandle::destroyForcibly);
  }
}
