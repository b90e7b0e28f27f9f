package io.hubbub.server.config;

import io.hubbub.api.cluster.Role;
import io.hubbub.api.hub.HubOptions;
import io.hubbub.api.link.LinkOptions;
import io.hubbub.chat.BalanceOptions;
import io.hubbub.chat.Limits;
import io.hubbub.chat.SessionTimes;
import io.hubbub.chat.WatchOptions;
import io.hubbub.chat.rest.RestOptions;
import io.hubbub.cluster.ClusterOptions;
import io.hubbub.cluster.Join;
import io.hubbub.cluster.KubernetesOptions;
import io.hubbub.history.db.QueryOptions;
import io.hubbub.presence.PresenceOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Everything that was set, checked once and typed by concern.
 *
 * @param node what this node is
 * @param log how to log
 * @param http where clients come in
 * @param limits what they may do
 * @param edge how an edge works
 * @param database the database
 * @param history how a home of conversations works
 * @param presence how a home of users works
 * @param auth whose tokens are believed
 * @param cluster how to be one of several nodes
 */
public record Config(
    NodeConfig node,
    LogConfig log,
    HttpConfig http,
    Limits limits,
    EdgeConfig edge,
    DatabaseConfig database,
    HistoryConfig history,
    PresenceOptions presence,
    AuthConfig auth,
    ClusterConfig cluster) {

  /** Whether this node runs the embedded database server. */
  public boolean embedded() {
    return node.has(Role.HISTORY) && database.url().isEmpty();
  }

  /** The same with the port that was found free. */
  public Config withPort(int port) {
    return new Config(
        node, log, http.withPort(port), limits, edge, database, history, presence, auth, cluster);
  }

  /** The same with a secret that was made. */
  public Config withSecret(String secret) {
    return new Config(
        node,
        log,
        http,
        limits,
        edge,
        database,
        history,
        presence,
        auth.withSecret(secret),
        cluster);
  }

  /**
   * Makes the records.
   *
   * @param values what was read
   * @param home the folder that data is kept under when no other is named
   * @param hostName the node's name when no other is given
   * @throws ConfigException when settings do not fit together
   */
  public static Config of(Values values, Path home, String hostName) throws ConfigException {
    Path dataDir =
        values.get(Settings.DATA_DIR).map(Path::of).orElse(home.resolve("data")).toAbsolutePath();
    Config config =
        new Config(
            new NodeConfig(
                name(values.get(Settings.NODE_NAME).orElse(hostName)),
                values.get(Settings.ROLES),
                dataDir.normalize(),
                values.get(Settings.DRAIN_WINDOW),
                values.get(Settings.NODE_TRANSPORT),
                values.get(Settings.NODE_BLOCKED)),
            new LogConfig(values.get(Settings.LOG_FORMAT), values.get(Settings.LOG_LEVEL)),
            new HttpConfig(values.get(Settings.HTTP_HOST), values.get(Settings.HTTP_PORT)),
            limits(values),
            edge(values),
            database(values, dataDir),
            history(values),
            presence(values),
            new AuthConfig(
                values.get(Settings.AUTH_SECRET),
                values.get(Settings.AUTH_JWKS),
                values.get(Settings.AUTH_ISSUER),
                values.get(Settings.AUTH_AUDIENCE),
                values.get(Settings.AUTH_LEEWAY),
                values.get(Settings.AUTH_LIFETIME),
                values.get(Settings.AUTH_JWKS_REFRESH),
                values.get(Settings.AUTH_JWKS_TIMEOUT)),
            cluster(values));
    checkAuth(config);
    if (config.limits().frameBytes() < config.limits().bodyBytes()) {
      throw new ConfigException("limits.frame.bytes: expected at least limits.body.bytes");
    }
    if (values.get(Settings.DEADLINE).compareTo(values.get(Settings.HUB_OUTCOME)) >= 0) {
      // Who is told that the outcome is unknown may count on it that soon nothing more comes.
      throw new ConfigException("history.deadline: expected less than hub.outcome");
    }
    return config;
  }

  private static String name(String name) throws ConfigException {
    if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new ConfigException(
          "node.name: expected 1 to 64 letters, digits, dots, dashes or underscores");
    }
    return name;
  }

  private static Limits limits(Values values) {
    return new Limits(
        values.get(Settings.FRAME_BYTES),
        values.get(Settings.BODY_BYTES),
        values.get(Settings.IN_FLIGHT),
        values.get(Settings.COMMANDS_PER_SECOND),
        values.get(Settings.SINCE),
        values.get(Settings.REPLY_BYTES),
        values.get(Settings.MEMBERS),
        values.get(Settings.USERS),
        values.get(Settings.FOLLOW),
        values.get(Settings.BEHIND),
        values.get(Settings.OUTBOX_BYTES),
        values.get(Settings.SESSIONS_PER_USER),
        values.get(Settings.SESSIONS_PER_ADDRESS),
        values.get(Settings.HANDSHAKES_PER_SECOND));
  }

  private static HistoryConfig history(Values values) {
    return new HistoryConfig(
        new QueryOptions(
            values.get(Settings.PAGE_ROWS),
            values.get(Settings.PAGE_BYTES),
            values.get(Settings.REACTORS),
            values.get(Settings.CHANGES),
            values.get(Settings.REFRESH_DAYS),
            values.get(Settings.REFRESH_REPLAY),
            QueryOptions.DEFAULT.beatSeconds(),
            values.get(Settings.OPEN_BATCHES),
            values.get(Settings.OPEN_AT_ONCE),
            values.get(Settings.OPEN_WAITING)),
        values.get(Settings.LANES),
        values.get(Settings.BATCH_ROWS),
        values.get(Settings.BATCH_BYTES),
        values.get(Settings.DEADLINE),
        values.get(Settings.DELIVERY_BYTES),
        link(values));
  }

  private static PresenceOptions presence(Values values) {
    return new PresenceOptions(
        values.get(Settings.PRESENCE_GRACE).toMillis(),
        values.get(Settings.PRESENCE_REBUILD).toMillis(),
        values.get(Settings.PRESENCE_KEEP).toMillis(),
        values.get(Settings.HUB_ASK).toMillis(),
        values.get(Settings.PRESENCE_DELIVERY_BYTES),
        link(values));
  }

  private static LinkOptions link(Values values) {
    return new LinkOptions(
        values.get(Settings.LINK_ITEMS),
        values.get(Settings.LINK_BYTES),
        values.get(Settings.LINK_REPLY).toMillis(),
        values.get(Settings.LINK_AGAIN).toMillis());
  }

  private static EdgeConfig edge(Values values) {
    int loops = values.get(Settings.HTTP_LOOPS);
    return new EdgeConfig(
        loops > 0 ? loops : Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
        new SessionTimes(
            values.get(Settings.SESSION_HELLO).toMillis(),
            values.get(Settings.SESSION_HEARTBEAT).toMillis(),
            values.get(Settings.SESSION_DEAD).toMillis(),
            values.get(Settings.SESSION_EXPIRING).toMillis()),
        new BalanceOptions(
            values.get(Settings.BALANCE_ABOVE),
            values.get(Settings.BALANCE_EVERY).toMillis(),
            values.get(Settings.BALANCE_SHARE),
            values.get(Settings.BALANCE_SETTLE).toMillis(),
            values.get(Settings.BALANCE_AGAIN).toMillis()),
        new WatchOptions(
            values.get(Settings.WATCH),
            values.get(Settings.FRIENDS),
            values.get(Settings.PRESENCE_ROOM_MEMBERS),
            values.get(Settings.PRESENCE_IDLE).toMillis(),
            values.get(Settings.PRESENCE_ANSWER).toMillis(),
            values.get(Settings.PRESENCE_UNREAD).toMillis()),
        new RestOptions(
            values.get(Settings.HTTP_ORIGINS),
            values.get(Settings.HTTP_PROXIES),
            values.get(Settings.HTTP_BODY_BYTES),
            values.get(Settings.BODY_BYTES),
            values.get(Settings.MEMBERS),
            values.get(Settings.FRIENDS),
            values.get(Settings.HTTP_ANSWER_BYTES),
            values.get(Settings.LOGINS_PER_ADDRESS),
            values.get(Settings.LOGINS_PER_NAME)),
        new HubOptions(
            values.get(Settings.HUB_WAITING_BYTES),
            values.get(Settings.HUB_WAITING).toMillis(),
            values.get(Settings.HUB_OUTCOME).toMillis(),
            values.get(Settings.HUB_ASK).toMillis(),
            values.get(Settings.HUB_DIGEST).toMillis(),
            values.get(Settings.PRESENCE_GRACE).toMillis(),
            link(values)));
  }

  private static DatabaseConfig database(Values values, Path dataDir) throws ConfigException {
    Optional<String> url = values.get(Settings.DATABASE_URL);
    return new DatabaseConfig(
        url.isPresent() ? Optional.of(DatabaseUrl.parse(url.get())) : Optional.empty(),
        values.get(Settings.DATABASE_PASSWORD_FILE).map(Path::of),
        values.get(Settings.DATABASE_POOL),
        values.get(Settings.DATABASE_QUEUE),
        values.get(Settings.DATABASE_CONNECT),
        values.get(Settings.DATABASE_STATEMENT),
        values.get(Settings.DATABASE_LOCK),
        values.get(Settings.EMBEDDED_PORT),
        values.get(Settings.EMBEDDED_START),
        values
            .get(Settings.EMBEDDED_BINARIES)
            .map(Path::of)
            .orElse(dataDir.resolve("postgresql-programs"))
            .toAbsolutePath());
  }

  private static ClusterConfig cluster(Values values) throws ConfigException {
    Join join = values.get(Settings.CLUSTER_JOIN);
    if (join == Join.TCP && values.get(Settings.CLUSTER_MEMBERS).isEmpty()) {
      throw new ConfigException(
          "cluster.members: cluster.join=tcp needs the addresses of nodes, such as 10.0.0.1:5701");
    }
    String[] tag = values.get(Settings.CLUSTER_AWS_TAG).split("=", 2);
    if (tag.length < 2) {
      throw new ConfigException("cluster.aws.tag: expected key=value");
    }
    return new ClusterConfig(
        values.get(Settings.CLUSTER_ENABLED) || join != Join.NONE,
        values.get(Settings.CLUSTER_EXPECTED),
        new ClusterOptions(
            join,
            values.get(Settings.CLUSTER_NAME),
            values.get(Settings.CLUSTER_HOST),
            values.get(Settings.CLUSTER_PORT),
            values.get(Settings.CLUSTER_BUS_PORT),
            values.get(Settings.CLUSTER_MEMBERS),
            values.get(Settings.CLUSTER_AWS_REGION),
            tag[0],
            tag[1],
            new KubernetesOptions(
                values.get(Settings.CLUSTER_KUBERNETES_LOOKUP),
                values.get(Settings.CLUSTER_KUBERNETES_SERVICE),
                values.get(Settings.CLUSTER_KUBERNETES_NAMESPACE)),
            values.get(Settings.CLUSTER_BEAT)));
  }

  private static void checkAuth(Config config) throws ConfigException {
    Optional<String> secret = config.auth().secret();
    if (secret.isPresent()
        && secret.get().getBytes(StandardCharsets.UTF_8).length < AuthConfig.SECRET_BYTES) {
      throw new ConfigException(
          "auth.secret: expected at least " + AuthConfig.SECRET_BYTES + " bytes");
    }
    boolean keys = secret.isPresent() || config.auth().jwks().isPresent();
    if (config.node().has(Role.EDGE) && !keys && !config.embedded()) {
      throw new ConfigException(
          "auth.secret: no tokens can be checked; set auth.secret (at least "
              + AuthConfig.SECRET_BYTES
              + " bytes, the same on all nodes) or auth.jwks");
    }
  }
}
