package io.hubbub.bench.contestant;

import io.hubbub.bench.load.Dialect;
import io.hubbub.bench.load.HubbubDialect;
import io.hubbub.bench.load.World;
import io.hubbub.bench.machine.Database;
import io.hubbub.bench.machine.NodeJvm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Hubbub as {@code ./hubbub} starts it, each node with all roles, over one database. Everything it
 * promises is on; only the limits against abuse are off, as all clients come from one address.
 */
public final class HubbubNodes implements Contestant {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int START_SECONDS = 120;

  /** Who connects in the very moment in which a server begins to listen may not be answered. */
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private static final int AT_ONCE = 1_000;

  private final Database database;
  private final List<NodeJvm> processes;
  private final List<Integer> ports;
  private final int serving;

  private HubbubNodes(
      Database database, List<NodeJvm> processes, List<Integer> ports, int serving) {
    this.database = database;
    this.processes = processes;
    this.ports = ports;
    this.serving = serving;
  }

  /**
   * Starts nodes and waits until they are ready.
   *
   * @param home the folder of {@code ./hubbub}
   * @param folder where data and logs go
   * @param nodes how many
   * @param serving how many of them clients connect to
   * @param settings more, as on the command line
   * @param javaOptions of each node's JVM
   */
  public static HubbubNodes start(
      Path home, Path folder, int nodes, int serving, List<String> settings, String javaOptions)
      throws IOException, SQLException, InterruptedException {
    Database database = Database.start(folder);
    List<NodeJvm> processes = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    HubbubNodes all = new HubbubNodes(database, processes, ports, serving);
    try {
      List<Integer> clusterPorts = new ArrayList<>();
      for (int i = 0; i < nodes; i++) {
        clusterPorts.add(Database.freePort());
      }
      for (int i = 0; i < nodes; i++) {
        int port = Database.freePort();
        List<String> command = new ArrayList<>();
        command.add(home.resolve("hubbub").toString());
        command.addAll(settings(database, port, i));
        if (nodes > 1) {
          command.addAll(cluster(clusterPorts, i));
        }
        command.addAll(settings);
        ports.add(port);
        processes.add(
            NodeJvm.start(
                command,
                Map.of("HUBBUB_JAVA_OPTS", javaOptions),
                folder.resolve("hubbub-" + i + ".log")));
        all.untilReady(i);
      }
      return all;
    } catch (Throwable e) {
      all.close();
      throw e;
    }
  }

  private static List<String> settings(Database database, int port, int node) {
    return List.of(
        "--database.url=" + database.url() + "?sslmode=disable",
        "--http.host=127.0.0.1",
        "--http.port=" + port,
        "--node.name=bench" + node,
        "--auth.secret=" + Tokens.SECRET,
        "--node.blocked=100ms",
        "--limits.commands.per.second=0",
        "--limits.sessions.per.user=0",
        "--limits.sessions.per.address=0",
        "--limits.handshakes.per.second=0");
  }

  private static List<String> cluster(List<Integer> ports, int node) throws IOException {
    return List.of(
        "--cluster.enabled=true",
        "--cluster.join=tcp",
        "--cluster.host=127.0.0.1",
        "--cluster.name=bench" + ports.get(0),
        "--cluster.port=" + ports.get(node),
        "--cluster.bus.port=" + Database.freePort(),
        "--cluster.members="
            + String.join(",", ports.stream().map(port -> "127.0.0.1:" + port).toList()));
  }

  private void untilReady(int node) throws IOException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (true) {
      try {
        if (get(node, "/health/ready").statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // It does not listen yet.
      }
      if (System.nanoTime() > until) {
        throw new IOException("node " + node + " is not ready: see its log");
      }
      Thread.sleep(50);
    }
  }

  private HttpResponse<String> get(int node, String path) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(node) + path))
            .timeout(ANSWER)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The sum of a counter over all nodes and labels, from {@code /metrics}. */
  public double metric(String name) throws IOException, InterruptedException {
    double sum = 0;
    for (int i = 0; i < ports.size(); i++) {
      for (String line : get(i, "/metrics").body().lines().toList()) {
        if (line.startsWith(name + " ") || line.startsWith(name + "{")) {
          sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
        }
      }
    }
    return sum;
  }

  /** Straight into the tables, by the functions that the product itself makes rooms with. */
  @Override
  public void prepare(World world) throws SQLException {
    database.run(
        "INSERT INTO account (id, folded, name) SELECT 'u' || i, 'u' || i, 'User ' || i"
            + " FROM generate_series(0, "
            + (world.users() - 1)
            + ") i");
    try (Connection connection = database.connect();
        PreparedStatement room = connection.prepareStatement("SELECT create_room(?, ?, ?, ?, ?)");
        PreparedStatement direct = connection.prepareStatement("SELECT ensure_direct(?, ?, ?)")) {
      connection.setAutoCommit(false);
      int waiting = 0;
      for (World.Room each : world.rooms()) {
        String[] names = each.members().stream().map(World::name).toArray(String[]::new);
        PreparedStatement statement = each.direct() ? direct : room;
        statement.setObject(1, each.id());
        statement.setString(2, names[0]);
        if (each.direct()) {
          statement.setString(3, names[1]);
        } else {
          statement.setString(3, "room");
          statement.setArray(4, connection.createArrayOf("text", names));
          statement.setString(5, each.id().toString());
        }
        statement.execute();
        if (++waiting % AT_ONCE == 0) {
          connection.commit();
        }
      }
      connection.commit();
    }
    // Or its first vacuum falls into the measurement.
    database.run("VACUUM account, conversation, member, change");
    database.run("CHECKPOINT");
  }

  /** The database. */
  public Database database() {
    return database;
  }

  @Override
  public List<Integer> ports() {
    return ports.subList(0, serving);
  }

  @Override
  public Dialect dialect() {
    return HubbubDialect.with(Tokens::of);
  }

  @Override
  public List<NodeJvm> processes() {
    return processes;
  }

  @Override
  public double databaseCpu() {
    return database.cpu();
  }

  @Override
  public OptionalLong kept() throws SQLException {
    return OptionalLong.of(
        Long.parseLong(database.one("SELECT count(*) FROM event WHERE kind = 1")));
  }

  @Override
  public Map<String, String> versions() throws SQLException {
    return Map.of("PostgreSQL", database.version());
  }

  @Override
  public void close() throws IOException {
    processes.forEach(NodeJvm::close);
    database.close();
  }
}
