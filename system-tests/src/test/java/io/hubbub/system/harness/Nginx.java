package io.hubbub.system.harness;

import io.hubbub.system.client.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * nginx before some nodes, with the configuration of {@code nginx/} as it is shipped: only the
 * files of {@code site/}, which operators fill in, are the test's own. nginx is installed where
 * there is none; its certificate is made here, and believed by all clients from then on.
 */
public final class Nginx implements AutoCloseable {
  private static final Path SHIPPED = Path.of("../nginx");
  private static final String HOST = "127.0.0.1";
  private static final int END_SECONDS = 10;

  private static final AtomicInteger STARTED = new AtomicInteger();

  /** Where its files go, in the words of its configuration. */
  private static final String FILES =
      """
      access_log access.log hubbub;
      client_body_temp_path body;
      proxy_temp_path proxy;
      fastcgi_temp_path fastcgi;
      uwsgi_temp_path uwsgi;
      scgi_temp_path scgi;
      """;

  private final Path folder;
  private final Path log;
  private final int https;
  private final int http;
  private final Process process;

  private Nginx(Path folder, Path log, int https, int http, Process process) {
    this.folder = folder;
    this.log = log;
    this.https = https;
    this.http = http;
    this.process = process;
  }

  /** Starts it before the nodes of a cluster, and waits until it listens. */
  public static Nginx before(Cluster cluster) throws Exception {
    return before(cluster.nodes().stream().map(NodeProcess::port).toList());
  }

  /** The same before ports of this machine. */
  public static Nginx before(List<Integer> nodes) throws Exception {
    Tools.need("nginx", "nginx");
    Path folder = Files.createTempDirectory("nginx");
    // As root it serves as another user, who must get to its folders.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    copy(folder);
    List<Integer> ports = FreePorts.some(2);
    fillIn(folder.resolve("site"), nodes, ports.get(0), ports.get(1));
    Path log =
        Files.createDirectories(Path.of("target/logs"))
            .toAbsolutePath()
            .resolve("nginx-" + ProcessHandle.current().pid() + "-" + STARTED.incrementAndGet());
    Process process =
        new ProcessBuilder(command(folder))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    Nginx nginx = new Nginx(folder, log, ports.get(0), ports.get(1), process);
    Await.until("nginx listens", nginx::listens);
    return nginx;
  }

  /** In the foreground, with nothing outside of its folder. */
  private static List<String> command(Path folder) {
    String inFront = "daemon off; pid nginx.pid; error_log stderr;";
    String configuration = folder.resolve("nginx.conf").toString();
    return List.of(
        "/usr/sbin/nginx",
        "-p",
        folder.toString(),
        "-c",
        configuration,
        "-e",
        "stderr",
        "-g",
        inFront);
  }

  private static void copy(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(SHIPPED)) {
      for (Path file : files.toList()) {
        Path to = folder.resolve(SHIPPED.relativize(file).toString());
        if (!Files.isDirectory(to)) {
          Files.copy(file, to);
        }
      }
    }
  }

  private static void fillIn(Path site, List<Integer> nodes, int https, int http) throws Exception {
    SelfSigned shown = SelfSigned.in(site, HOST);
    Tls.believe(shown.certificate());
    nodesAre(site, nodes);
    Files.writeString(
        site.resolve("https.conf"),
        """
        listen %s:%d ssl http2;
        server_name localhost;
        ssl_certificate %s;
        ssl_certificate_key %s;
        """
            .formatted(HOST, https, shown.certificate(), shown.key()));
    Files.writeString(site.resolve("http.conf"), "listen %s:%d;\n".formatted(HOST, http));
    Files.writeString(site.resolve("files.conf"), FILES);
  }

  private static void nodesAre(Path site, List<Integer> nodes) throws IOException {
    Files.writeString(site.resolve("sockets.conf"), servers(nodes, "max_fails=0"));
    Files.writeString(site.resolve("rest.conf"), servers(nodes, "max_fails=1 fail_timeout=5s"));
  }

  private static String servers(List<Integer> nodes, String options) {
    return nodes.stream()
        .map(port -> "server %s:%d %s;\n".formatted(HOST, port, options))
        .collect(Collectors.joining());
  }

  private boolean listens() throws IOException {
    if (!process.isAlive()) {
      throw new AssertionError("nginx does not start: " + Files.readString(log));
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), https)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Serves these ports of this machine from now on; who is connected stays connected. */
  public void serve(List<Integer> nodes) throws IOException, InterruptedException {
    nodesAre(folder.resolve("site"), nodes);
    Commands.run(List.of("kill", "-HUP", Long.toString(process.pid())));
  }

  /** What it shows, a PEM file. */
  public Path certificate() {
    return folder.resolve("site/certificate.pem");
  }

  /** Where clients go. */
  public URI https() {
    return URI.create("https://" + HOST + ":" + https);
  }

  /** Where whoever comes without TLS is sent away from. */
  public URI http() {
    return URI.create("http://" + HOST + ":" + http);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    process.onExit().completeOnTimeout(process, END_SECONDS, TimeUnit.SECONDS).join();
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().onExit().join();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
