package io.hubbub.system.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The container image, built from the {@code Dockerfile} as it is shipped, and containers of it.
 * There is no Docker here and no registry of images: buildah builds over stand-ins of the two
 * images that it begins with, made of Debian's packages and the JDK that runs the tests, and podman
 * runs it.
 */
public final class Image {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String DEBIAN = "docker.io/library/debian:12-slim";
  private static final String JDK = "docker.io/library/eclipse-temurin:25-jdk";
  private static final String NAME = "localhost/hubbub:tested";
  private static final List<String> BUILDAH = List.of("buildah", "--storage-driver", "overlay");
  private static final List<String> PODMAN =
      List.of("podman", "--storage-driver", "overlay", "--events-backend", "file");
  private static final int END_SECONDS = 30;

  private Image() {}

  /** Builds it. */
  public static Image build() throws IOException, InterruptedException {
    Tools.needRoot("building an image");
    Tools.need("buildah", "buildah");
    Tools.need("podman", "podman");
    Tools.need("runc", "runc");
    Tools.need("mmdebstrap", "mmdebstrap");
    if (!isThere(JDK)) {
      standIns();
    }
    buildah(
        List.of("bud", "--format", "docker", "--isolation", "chroot", "--pull-never"),
        List.of("-t", NAME, "-f", ROOT.resolve("Dockerfile").toString(), ROOT.toString()));
    return new Image();
  }

  private static boolean isThere(String image) throws IOException, InterruptedException {
    return buildah(List.of("images", "--format", "{{.Name}}:{{.Tag}}")).contains(image);
  }

  private static void standIns() throws IOException, InterruptedException {
    if (Runtime.version().feature() != 25) {
      throw new IllegalStateException("run this test on JDK 25, which becomes part of the image");
    }
    Path files = Files.createTempDirectory("debian").resolve("debian.tar");
    Commands.run(List.of("mmdebstrap", "--variant=minbase", "bookworm", files.toString()));
    podman(List.of("import", files.toString(), DEBIAN));
    Files.delete(files);
    // Debian's JDKs have links to files outside of them.
    Path folder = Files.createTempDirectory("jdk");
    Path whole = folder.resolve("jdk");
    Commands.run(List.of("cp", "-rL", System.getProperty("java.home"), whole.toString()));
    String jdk = buildah(List.of("from", "--pull-never", DEBIAN)).strip();
    buildah(List.of("copy", jdk, whole.toString(), "/opt/java/openjdk"));
    Commands.run(List.of("rm", "-r", folder.toString()));
    String path =
        "PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    buildah(List.of("config", "--env", path, jdk));
    buildah(List.of("commit", "--rm", jdk, JDK));
  }

  @SafeVarargs
  private static String buildah(List<String>... words) throws IOException, InterruptedException {
    return Commands.run(all(BUILDAH, words));
  }

  @SafeVarargs
  private static String podman(List<String>... words) throws IOException, InterruptedException {
    return Commands.run(all(PODMAN, words));
  }

  @SafeVarargs
  private static List<String> all(List<String> first, List<String>... words) {
    List<String> all = new ArrayList<>(first);
    for (List<String> each : words) {
      all.addAll(each);
    }
    return all;
  }

  /** Its size, all layers, in bytes. */
  public long bytes() throws IOException, InterruptedException {
    return Long.parseLong(
        podman(List.of("image", "inspect", "--format", "{{.Size}}", NAME)).strip());
  }

  /**
   * Starts a container that shares this machine's network, whose files it can't write.
   *
   * @param environment its settings
   */
  public Container run(Map<String, String> environment) throws IOException {
    String name = "hubbub-" + UUID.randomUUID();
    List<String> words = new ArrayList<>(List.of("run", "--rm", "--name", name, "--read-only"));
    words.addAll(List.of("--tmpfs", "/tmp", "--cap-drop", "all", "--runtime", "runc"));
    words.addAll(List.of("--cgroup-manager", "cgroupfs", "--network=host"));
    words.addAll(List.of("--ulimit", "nofile=20000:20000", "--ulimit", "nproc=4096:4096"));
    environment.forEach((key, value) -> words.addAll(List.of("--env", key + "=" + value)));
    words.add(NAME);
    Path log =
        Files.createDirectories(Path.of("target/logs")).resolve(name + ".log").toAbsolutePath();
    Process process =
        new ProcessBuilder(all(PODMAN, words))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    return new Container(name, log, process);
  }

  /** A node in a container. */
  public static final class Container implements AutoCloseable {
    private final String name;
    private final Path log;
    private final Process process;

    private Container(String name, Path log, Process process) {
      this.name = name;
      this.log = log;
      this.process = process;
    }

    /** What a command in it says; fails unless it ends with 0. */
    public String exec(String... command) throws IOException, InterruptedException {
      return podman(List.of("exec", name), List.of(command)).strip();
    }

    /** Asks what the image's health check asks; fails where it does. */
    public void checkHealth() throws IOException, InterruptedException {
      podman(List.of("healthcheck", "run", name));
    }

    /** All that it has printed. */
    public String output() throws IOException {
      return Files.readString(log);
    }

    /** Whether it runs. */
    public boolean alive() {
      return process.isAlive();
    }

    /** Stops it as platforms do (SIGTERM); its exit code. */
    public int stop() throws InterruptedException {
      process.destroy();
      return exitCode();
    }

    /** Its exit code, within 30 s. */
    public int exitCode() throws InterruptedException {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(name + " does not end");
      }
      return process.exitValue();
    }

    @Override
    public void close() throws IOException {
      if (process.isAlive()) {
        process.destroy();
        process
            .onExit()
            .orTimeout(END_SECONDS, TimeUnit.SECONDS)
            .exceptionally(late -> process.destroyForcibly())
            .join();
      }
    }
  }
}
