package io.hubbub.system.harness;

import io.hubbub.api.cluster.Homes;
import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.View;
import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Jwt;
import io.hubbub.system.client.Rest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Several nodes that share a database server and found each other over TCP. */
public final class Cluster implements AutoCloseable {
  /** What all nodes sign and check tokens with. */
  public static final String SECRET = "a secret that all nodes of the tests share";

  private final String id = UUID.randomUUID().toString().substring(0, 8);
  private final Postgres postgres;
  private final @Nullable DatabaseProxy proxy;
  private final @Nullable Network network;
  private final Place database;
  private final List<Place> places;
  private final List<Integer> httpPorts;
  private final List<Integer> clusterPorts;
  private final List<String> settings;
  private final List<Path> before;
  private final List<NodeProcess> nodes = new ArrayList<>();
  private final Map<Integer, Map<String, String>> environments = new HashMap<>();
  private final List<ChatClient> clients = new ArrayList<>();
  private Duration tokenTime = Duration.ofHours(1);

  private Cluster(Postgres postgres, @Nullable DatabaseProxy proxy, int size, List<String> settings)
      throws IOException {
    List<Integer> ports = FreePorts.some(2 * size);
    this.postgres = postgres;
    this.proxy = proxy;
    this.network = null;
    this.database = Place.HERE;
    this.places = Collections.nCopies(size, Place.HERE);
    this.httpPorts = ports.subList(0, size);
    this.clusterPorts = ports.subList(size, 2 * size);
    this.settings = settings;
    this.before = List.of();
  }

  private Cluster(
      Postgres postgres,
      @Nullable DatabaseProxy proxy,
      Network network,
      Place database,
      List<Place> places,
      List<String> settings,
      List<Path> before) {
    this.database = database;
    this.postgres = postgres;
    this.proxy = proxy;
    this.before = before;
    this.network = network;
    this.places = List.copyOf(places);
    this.httpPorts = Collections.nCopies(places.size(), Network.HTTP_PORT);
    this.clusterPorts = Collections.nCopies(places.size(), Network.CLUSTER_PORT);
    this.settings = new ArrayList<>(List.of("--cluster.bus.port=" + Network.BUS_PORT));
    this.settings.addAll(settings);
  }

  /** Starts all nodes at once and waits until each is ready. */
  public static Cluster start(int size, List<String> settings) throws Exception {
    return start(size, false, settings);
  }

  /** The same, where asked for with a {@link #proxy} between the nodes and the database. */
  public static Cluster start(int size, boolean proxied, List<String> settings) throws Exception {
    Postgres postgres = Postgres.start();
    return new Cluster(postgres, proxied ? DatabaseProxy.to(postgres) : null, size, settings)
        .started();
  }

  /** The same in a network, the nodes and the database each at a place of its own. */
  public static Cluster apart(int size, List<String> settings) throws Exception {
    return apart(size, false, settings, List.of());
  }

  /**
   * The same.
   *
   * @param proxied whether there is a {@link #proxy}, at the clients' place
   * @param before classes of the nodes that win over the product's
   */
  public static Cluster apart(int size, boolean proxied, List<String> settings, List<Path> before)
      throws Exception {
    Network network = Network.open();
    try {
      Place database = network.add();
      List<Place> places = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        places.add(network.add());
      }
      Postgres postgres =
          Postgres.start(database.command(List.of()), database.address(), Network.DATABASE_PORT);
      DatabaseProxy proxy =
          proxied ? DatabaseProxy.to(postgres, network.clients(), Network.DATABASE_PORT) : null;
      return new Cluster(postgres, proxy, network, database, places, settings, before).started();
    } catch (Throwable e) {
      network.close();
      throw e;
    }
  }

  private Cluster started() throws Exception {
    try {
      for (int i = 0; i < places.size(); i++) {
        nodes.add(process(i));
      }
      for (NodeProcess node : nodes) {
        node.awaitReady();
      }
      return this;
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  private NodeProcess process(int index) throws IOException {
    List<String> all = new ArrayList<>();
    all.add("--database.url=" + (proxy == null ? postgres.url() : proxy.url()));
    all.add("--auth.secret=" + SECRET);
    all.add("--drain.window=3s");
    all.add("--limits.commands.per.second=0");
    all.add("--limits.sessions.per.user=0");
    all.add("--limits.sessions.per.address=0");
    all.add("--limits.handshakes.per.second=0");
    if (httpPorts.size() > 1) {
      all.addAll(membership(places.get(index), clusterPorts.get(index)));
      all.add("--cluster.expected=" + httpPorts.size());
    }
    all.addAll(settings);
    return NodeProcess.start(
        "n" + (index + 1),
        places.get(index),
        httpPorts.get(index),
        List.of(),
        all,
        environments.getOrDefault(index, Map.of()),
        before);
  }

  /** The settings of a process here that joins this cluster on a port; 0: any free one. */
  public List<String> membership(int port) {
    return membership(network == null ? Place.HERE : network.clients(), port);
  }

  private List<String> membership(Place place, int port) {
    List<String> members = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      members.add(places.get(i).address() + ":" + clusterPorts.get(i));
    }
    return List.of(
        "--cluster.join=tcp",
        "--cluster.name=" + id,
        "--cluster.host=" + place.address(),
        "--cluster.port=" + port,
        "--cluster.members=" + String.join(",", members));
  }

  /** The network that its nodes are in. */
  public Network network() {
    return Objects.requireNonNull(network, "its nodes share this machine's loopback");
  }

  /** Where the database server is, to cut nodes off from it. */
  public Place database() {
    return database;
  }

  /**
   * The node, counted from 0, that is home of a conversation where some nodes see each other and no
   * other.
   */
  public int home(String conversation, List<Integer> among) {
    List<Node> seen =
        among.stream().map(i -> new Node(node(i).id(), Set.of(Role.HISTORY), false)).toList();
    String home =
        Homes.of(new View("", seen, false), Role.HISTORY).of(UUID.fromString(conversation));
    return among.stream().filter(i -> node(i).id().equals(home)).findFirst().orElseThrow();
  }

  /** The name that its members know each other by. */
  public String name() {
    return id;
  }

  /** Where its members listen for each other. */
  public List<Integer> clusterPorts() {
    return clusterPorts;
  }

  /** How many nodes it has, running or not. */
  public int size() {
    return nodes.size();
  }

  /** All nodes. */
  public List<NodeProcess> nodes() {
    return List.copyOf(nodes);
  }

  /** A metric, summed over all nodes and those of its tags that hold a text. */
  public double metric(String metric, String tag) throws Exception {
    double sum = 0;
    for (NodeProcess node : nodes) {
      sum += node.metric(metric, tag);
    }
    return sum;
  }

  /** A node, counted from 0. */
  public NodeProcess node(int index) {
    return nodes.get(index);
  }

  /** Starts a node again that has ended, on its old ports, and waits until it is ready. */
  public NodeProcess restart(int index) throws Exception {
    NodeProcess node = process(index);
    nodes.set(index, node);
    return node.awaitReady();
  }

  /** Starts all nodes again, which have ended, at once, and waits until each is ready. */
  public void restartAll() throws Exception {
    for (int i = 0; i < nodes.size(); i++) {
      nodes.set(i, process(i));
    }
    for (NodeProcess node : nodes) {
      node.awaitReady();
    }
  }

  /**
   * Mends what a test may have left broken: the database runs and takes writes, links and processes
   * go on, and nodes that have ended run again. Every node is ready when this returns.
   */
  public void mend() throws Exception {
    if (network != null) {
      network.heal();
    }
    if (proxy != null) {
      proxy.cutReplies(0, 0, "");
      proxy.heal();
    }
    for (NodeProcess node : nodes) {
      node.signal("CONT");
    }
    postgres.ensureRunning();
    for (int i = 0; i < nodes.size(); i++) {
      NodeProcess node = nodes.get(i);
      Await.until(
          node.name() + " is ready or has ended",
          () -> !node.alive() || node.status("/health/ready") == 200);
      if (!node.alive()) {
        restart(i);
      }
    }
  }

  /** Gives a node more environment variables from its next start on. */
  public void environment(int index, Map<String, String> more) {
    environments.put(index, Map.copyOf(more));
  }

  /** What stands between the nodes and the database. */
  public DatabaseProxy proxy() {
    if (proxy == null) {
      throw new IllegalStateException("the cluster was not started with a proxy");
    }
    return proxy;
  }

  /** The database server. */
  public Postgres postgres() {
    return postgres;
  }

  /** Gives users tokens that are good for longer than an hour, or shorter. */
  public void tokensFor(Duration time) {
    tokenTime = time;
  }

  /** A token of a user, good for an hour if nothing else was asked for. */
  public String token(String user) {
    JsonObject claims = new JsonObject().put("sub", user);
    return Jwt.hs256(SECRET, claims.put("exp", Jwt.inSeconds(tokenTime.toSeconds())));
  }

  /** REST of a node as a user, who exists from the first call on. */
  public Rest rest(int node, String user) {
    return new Rest(nodes.get(node).http(), token(user));
  }

  /** REST of a node as an administrator, called root. */
  public Rest admin(int node) {
    return new Rest(nodes.get(node).http(), Jwt.admin(SECRET));
  }

  /** A client that starts at a node and goes on to the others when it is lost; not connected. */
  public ChatClient client(String user, int node) {
    List<URI> uris = new ArrayList<>();
    for (int i = 0; i < httpPorts.size(); i++) {
      uris.add(nodes.get((node + i) % httpPorts.size()).http());
    }
    ChatClient client = new ChatClient(user, token(user), uris);
    synchronized (clients) {
      clients.add(client);
    }
    return client;
  }

  /** A connected client. */
  public ChatClient online(String user, int node) throws Exception {
    ChatClient client = client(user, node);
    Await.get(client.connect());
    return client;
  }

  /** Makes these users known, as their first login would. */
  public void known(List<String> users) throws Exception {
    for (String user : users) {
      rest(0, user).get("/v1/conversations").expect(200);
    }
  }

  /** Makes a room; its owner and members may be new. */
  public String room(String name, String owner, List<String> members) throws Exception {
    known(members);
    return rest(0, owner).room(name, members);
  }

  /** Makes at least so many rooms, and so many that every node is home of two or more. */
  public List<String> rooms(String name, int least, String owner, List<String> members)
      throws Exception {
    known(members);
    List<Integer> all = IntStream.range(0, size()).boxed().toList();
    int[] homes = new int[size()];
    List<String> rooms = new ArrayList<>();
    while (rooms.size() < least || Arrays.stream(homes).min().orElse(2) < 2) {
      String room = rest(0, owner).room(name + " " + rooms.size(), members);
      homes[home(room, all)]++;
      rooms.add(room);
    }
    return rooms;
  }

  /** Lets go of the clients that tests have left open. */
  public void closeClients() {
    synchronized (clients) {
      clients.forEach(ChatClient::close);
      clients.clear();
    }
  }

  /** The last lines of all nodes' logs. */
  public String tails() {
    return String.join("\n", nodes.stream().map(NodeProcess::tail).toList());
  }

  /** A value straight from the database. */
  public String sql(String text) throws SQLException {
    return postgres.sql(text);
  }

  @Override
  public void close() throws IOException {
    closeClients();
    for (NodeProcess node : nodes) {
      node.close();
    }
    if (proxy != null) {
      proxy.close();
    }
    postgres.close();
    if (network != null) {
      network.close();
    }
  }
}
