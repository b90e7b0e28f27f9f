package io.hubbub.bench.contestant;

import io.hubbub.bench.bare.BareServer;
import io.hubbub.bench.load.Dialect;
import io.hubbub.bench.load.HubbubDialect;
import io.hubbub.bench.load.World;
import io.hubbub.bench.machine.Database;
import io.hubbub.bench.machine.NodeJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A {@link BareServer}: the limit. */
public final class BareSockets implements Contestant {
  private final NodeJvm process;
  private final int port;

  private BareSockets(NodeJvm process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one.
   *
   * @param how {@code each} or {@code joined}
   */
  public static BareSockets start(Path folder, String how)
      throws IOException, InterruptedException {
    int port = Database.freePort();
    NodeJvm process =
        NodeJvm.start(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BareServer.class.getName(),
                "" + port,
                how),
            Map.of(),
            folder.resolve("bare.log"));
    process.until("bare server is ready", 30);
    return new BareSockets(process, port);
  }

  @Override
  public void prepare(World world) {}

  @Override
  public List<Integer> ports() {
    return List.of(port);
  }

  @Override
  public Dialect dialect() {
    return HubbubDialect.bare();
  }

  @Override
  public List<NodeJvm> processes() {
    return List.of(process);
  }

  @Override
  public double databaseCpu() {
    return 0;
  }

  @Override
  public void close() {
    process.close();
  }
}
