package io.hubbub.server;

import com.hazelcast.core.HazelcastInstance;
import io.hubbub.api.bus.BusCodecs;
import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.View;
import io.hubbub.api.cluster.Views;
import io.hubbub.api.node.Drain;
import io.hubbub.api.node.Health;
import io.hubbub.api.node.NodeContext;
import io.hubbub.cluster.BusBeating;
import io.hubbub.cluster.ClusterException;
import io.hubbub.cluster.ClusterJoin;
import io.hubbub.cluster.ClusterOptions;
import io.hubbub.cluster.HazelcastMembers;
import io.hubbub.cluster.Members;
import io.hubbub.cluster.ViewKeeper;
import io.hubbub.history.db.Schema;
import io.hubbub.server.config.Config;
import io.hubbub.server.config.DatabaseUrl;
import io.hubbub.server.database.DatabaseGate;
import io.hubbub.server.database.EmbeddedDatabase;
import io.hubbub.server.database.Login;
import io.hubbub.server.http.Metrics;
import io.hubbub.server.http.OperatorRoutes;
import io.hubbub.server.http.OperatorServer;
import io.hubbub.server.node.NodeDesk;
import io.hubbub.server.node.NodeDrain;
import io.hubbub.server.start.DataDir;
import io.hubbub.server.start.Ports;
import io.hubbub.server.start.StartException;
import io.hubbub.server.start.StopSignal;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node: everything it opens, in order, and closes again in the opposite order. {@link #start}
 * and {@link #stop} block and are each called once, from threads of their own.
 */
final class ServerNode {
  private static final Logger LOG = LoggerFactory.getLogger("hubbub");

  /** How long any one step of the start may take that is not bounded by a setting. */
  private static final Duration STEP = Duration.ofSeconds(60);

  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** How long verticles and the cluster may take to close, after the drain. */
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final Closers closers = new Closers();
  private final StopSignal stopping = new StopSignal();
  private final CountDownLatch startEnded = new CountDownLatch(1);
  private final Health health = new Health();
  private final Drain drain = new Drain();
  private Config config;
  private volatile @Nullable ViewKeeper keeper;
  private volatile @Nullable NodeDrain draining;

  ServerNode(Config config) {
    this.config = config;
  }

  /**
   * Starts; returns early when the node is told to stop meanwhile.
   *
   * @throws StartException when a step fails; what is open then is closed by {@link #stop}
   */
  void start() throws StartException {
    try {
      long begin = System.nanoTime();
      if (run()) {
        Announcement.log(config, Duration.ofNanos(System.nanoTime() - begin));
      }
    } finally {
      startEnded.countDown();
    }
  }

  private boolean run() throws StartException {
    String id =
        config.node().name()
            + "~"
            + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt(), 6);
    Node self = new Node(id, config.node().roles(), false);
    LOG.info(
        "Starting {} with roles {}", id, self.roles().stream().map(Role::label).sorted().toList());
    health.problem("start", "starting");
    config = config.withPort(Ports.free(config.http().host(), config.http().port(), "http.port"));
    Metrics metrics = new Metrics(config.node().name());
    closers.add("metrics", metrics::close);
    OperatorRoutes routes = new OperatorRoutes(id, health, metrics.registry());

    Optional<Login> database = database(routes);
    if (stopping.isGiven()) {
      return false;
    }
    Views views = new Views(new View(id, List.of(self), false));
    Vertx vertx = vertx(self, metrics, views);
    if (stopping.isGiven()) {
      return false;
    }
    if (keeper != null) {
      NodeDrain leaving = new NodeDrain(health, drain, keeper, config.node().drainWindow());
      draining = leaving;
      NodeDesk desk = new NodeDesk(vertx, id, metrics.registry(), health, leaving);
      Await.started("the node's address", desk.start(), STEP);
    }
    NodeContext context = new NodeContext(id, views, health, drain, metrics.registry());
    Roles roles = new Roles(vertx, config, context);
    deployed(vertx, "history", Await.started("the role history", roles.history(database), STEP));
    deployed(vertx, "presence", Await.started("the role presence", roles.presence(), STEP));
    if (keeper != null) {
      Await.started("the first beat", keeper.startBeating(), STEP);
    }
    deployed(vertx, "edge", Await.started("the HTTP server", roles.edge(routes), STEP));
    health.ok("start");
    return !stopping.isGiven();
  }

  /** The database of a node with the history role, when it is there and proved to keep. */
  private Optional<Login> database(OperatorRoutes routes) throws StartException {
    if (!config.node().has(Role.HISTORY)) {
      return Optional.empty();
    }
    Login login;
    if (config.database().url().isPresent()) {
      login = Login.of(config.database().url().get(), config.database());
    } else {
      DataDir dir = DataDir.open(config.node().dataDir());
      closers.add("data folder", dir::close);
      if (config.auth().secret().isEmpty() && config.auth().jwks().isEmpty()) {
        LOG.info("Tokens are signed with the secret in {}", dir.path().resolve("auth.secret"));
        config = config.withSecret(dir.secret("auth.secret"));
      }
      EmbeddedDatabase embedded = EmbeddedDatabase.start(dir, config.database());
      closers.add("embedded database", embedded::close);
      login = Login.fixed(embedded.url());
    }
    DatabaseGate gate = new DatabaseGate(login, health);
    do {
      if (!gate.tryOnce()) {
        waitFor(gate, routes);
      }
    } while (!stopping.isGiven() && !migrated(login));
    LOG.info("Database {}: fsync and synchronous_commit are on", login);
    return Optional.of(login);
  }

  /** False where the database has gone away meanwhile, and is to be waited for again. */
  private boolean migrated(Login login) throws StartException {
    try {
      DatabaseUrl url = login.url();
      Schema.migrate(url.toJdbc(), url.user(), login.password().read());
      return true;
    } catch (IOException e) {
      LOG.warn("The database's schema was not looked at: {}", e.getMessage());
      stopping.within(AGAIN);
      return false;
    } catch (FlywayException e) {
      if (DatabaseGate.passes(e)) {
        LOG.warn("The database went away while its schema was looked at: {}", e.getMessage());
        stopping.within(AGAIN);
        return false;
      }
      throw new StartException(
          "the database "
              + login
              + " can't be brought to this version's schema: "
              + String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; "),
          e);
    }
  }

  /** Alive but unready: operators are answered while the database is waited for. */
  private void waitFor(DatabaseGate gate, OperatorRoutes routes) throws StartException {
    Vertx waiting = Vertx.vertx();
    try {
      Await.started("the HTTP server", OperatorServer.listen(waiting, config.http(), routes), STEP);
      gate.await(stopping);
    } finally {
      Await.started("closing the waiting room", waiting.close(), STEP);
    }
  }

  private Vertx vertx(Node self, Metrics metrics, Views views) throws StartException {
    ClusterOptions options = config.cluster().options();
    Members members = Members.alone(self);
    Vertx vertx;
    if (config.cluster().enabled()) {
      HazelcastInstance hazelcast = join(options, self);
      closers.add("cluster", hazelcast::shutdown);
      members = new HazelcastMembers(hazelcast);
      vertx =
          Await.started(
              "the event bus",
              VertxFactory.clustered(config.node(), hazelcast, options, metrics),
              STEP);
    } else {
      vertx = VertxFactory.alone(config.node(), metrics);
    }
    closers.add("Vert.x", () -> Await.ended(vertx.close(), CLOSING));
    BusCodecs.register(vertx.eventBus());
    ViewKeeper viewKeeper =
        new ViewKeeper(
            vertx,
            members,
            new BusBeating(vertx.eventBus(), self.id(), options.beat().multipliedBy(2)),
            views,
            health,
            config.cluster().expected(),
            options.lookedFor(),
            options.beat());
    Await.started("the view of the cluster", viewKeeper.start(), STEP);
    keeper = viewKeeper;
    return vertx;
  }

  private static HazelcastInstance join(ClusterOptions options, Node self) throws StartException {
    LOG.info("Joining the cluster {} by {}", options.name(), options.join());
    try {
      return ClusterJoin.join(options, self);
    } catch (ClusterException e) {
      throw new StartException(e.line(), e);
    }
  }

  private void deployed(Vertx vertx, String role, Optional<String> deployment) {
    deployment.ifPresent(
        id -> closers.add("role " + role, () -> Await.ended(vertx.undeploy(id), CLOSING)));
  }

  /** Unready at once, then drained, then closed in order. Ends when all is closed. */
  void stop() {
    health.problem("drain", "draining");
    stopping.give();
    try {
      if (!startEnded.await(STEP.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("The start has not ended; stopping all the same");
      }
      NodeDrain leaving = draining;
      if (leaving != null && !health.problems().containsKey("start")) {
        drain(leaving);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closers.closeAll();
    LOG.info("Stopped");
  }

  private static void drain(NodeDrain leaving) throws InterruptedException {
    try {
      Await.ended(leaving.begin(), leaving.longest());
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      LOG.warn("The drain did not end: {}", e.toString());
    }
  }
}
