package io.hubbub.server.config;

import static io.hubbub.server.config.Parsers.bool;
import static io.hubbub.server.config.Parsers.decimal;
import static io.hubbub.server.config.Parsers.duration;
import static io.hubbub.server.config.Parsers.integer;
import static io.hubbub.server.config.Parsers.list;
import static io.hubbub.server.config.Parsers.optional;
import static io.hubbub.server.config.Parsers.proxies;
import static io.hubbub.server.config.Parsers.roles;
import static io.hubbub.server.config.Parsers.text;
import static io.hubbub.server.config.Parsers.word;

import io.hubbub.api.cluster.Role;
import io.hubbub.chat.rest.Proxies;
import io.hubbub.cluster.Join;
import io.hubbub.cluster.KubernetesOptions.Lookup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The table of all settings; the help, the reader and the records are made from it. */
public final class Settings {
  /** What every variable of ours in the environment begins with. */
  public static final String VARIABLE_PREFIX = "HUBBUB_";

  private static final List<Setting<?>> TABLE = new ArrayList<>();
  private static final int ANY = Integer.MAX_VALUE;
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);

  static final Setting<Set<Role>> ROLES =
      add(
          "roles",
          roles(EnumSet.of(Role.EDGE, Role.HISTORY, Role.PRESENCE)),
          "edge,history,presence",
          "",
          "what this node does: edge (serves clients), history (stores), presence (knows who is online)");
  static final Setting<Optional<String>> NODE_NAME =
      add("node.name", optional(), "", "", "this node's name in logs and ids; unset: the host's");
  static final Setting<Optional<String>> DATA_DIR =
      add(
          "data.dir",
          optional(),
          "",
          "",
          "where the embedded database and secrets are kept; unset: ./data beside ./hubbub");
  static final Setting<LogFormat> LOG_FORMAT =
      add(
          "log.format",
          word(LogFormat.class),
          "text",
          "",
          "text (a line a person can read) or json (an object a line)");
  static final Setting<LogLevel> LOG_LEVEL =
      add("log.level", word(LogLevel.class), "info", "", "error, warn, info or debug");
  static final Setting<Duration> DRAIN_WINDOW =
      add(
          "drain.window",
          duration(Duration.ZERO, Duration.ofHours(1)),
          "10s",
          "time",
          "over how long clients are told to move when the node is stopped");
  static final Setting<TransportChoice> NODE_TRANSPORT =
      add(
          "node.transport",
          word(TransportChoice.class),
          "auto",
          "",
          "how sockets are served: io_uring (Linux), nio, or auto: the first that the kernel allows");
  static final Setting<Duration> NODE_BLOCKED =
      add(
          "node.blocked",
          duration(Duration.ofMillis(10), Duration.ofMinutes(1)),
          "500ms",
          "time",
          "for which an event loop may be busy before that is logged");

  static final Setting<String> HTTP_HOST =
      add("http.host", text(), "0.0.0.0", "", "the address to listen on");
  static final Setting<Integer> HTTP_PORT =
      add("http.port", integer(0, 65_535), "8080", "", "the port to listen on; 0: any free one");
  static final Setting<List<String>> HTTP_ORIGINS =
      add(
          "http.origins",
          list(),
          "",
          "",
          "web origins that may connect besides the node's own, by commas; * for all");
  static final Setting<Proxies> HTTP_PROXIES =
      add(
          "http.proxies",
          proxies(),
          "",
          "",
          "addresses or blocks (CIDR) of proxies that are believed where a client is, by commas");
  static final Setting<Integer> HTTP_LOOPS =
      add(
          "http.loops",
          integer(0, 256),
          "0",
          "event loops",
          "that serve clients; 0: one for every two cores");
  static final Setting<Integer> HTTP_BODY_BYTES =
      add(
          "http.body.bytes",
          integer(1_024, 1 << 26),
          "131072",
          "bytes",
          "of the largest request body over REST");
  static final Setting<Integer> HTTP_ANSWER_BYTES =
      add(
          "http.answer.bytes",
          integer(1 << 16, 1 << 26),
          "1048576",
          "bytes",
          "of a page of a log over REST, after which there is more");

  static final Setting<Duration> SESSION_HELLO =
      add(
          "session.hello",
          duration(MILLI, HOUR),
          "10s",
          "time",
          "that a new socket may take to say hello");
  static final Setting<Duration> SESSION_HEARTBEAT =
      add(
          "session.heartbeat",
          duration(MILLI, HOUR),
          "25s",
          "time",
          "of silence after which the server pings");
  static final Setting<Duration> SESSION_DEAD =
      add(
          "session.dead",
          duration(MILLI, HOUR),
          "90s",
          "time",
          "of silence after which a session ends");
  static final Setting<Duration> SESSION_EXPIRING =
      add(
          "session.expiring",
          duration(MILLI, HOUR),
          "60s",
          "time",
          "before its token's end that a session is told");

  static final Setting<Integer> BALANCE_ABOVE =
      add(
          "balance.above",
          integer(0, 1_000),
          "20",
          "percent",
          "over the mean of all edges, above which a node sends sessions away; 0: never");
  static final Setting<Duration> BALANCE_EVERY =
      add("balance.every", duration(MILLI, HOUR), "10s", "time", "between two comparisons");
  static final Setting<Integer> BALANCE_SHARE =
      add(
          "balance.share",
          integer(1, 100),
          "5",
          "percent",
          "of its sessions that a node sends away each time at most");
  static final Setting<Duration> BALANCE_SETTLE =
      add(
          "balance.settle",
          duration(Duration.ZERO, HOUR),
          "60s",
          "time",
          "for which no edge must have come or gone: a rolling restart is over then");
  static final Setting<Duration> BALANCE_AGAIN =
      add(
          "balance.again",
          duration(MILLI, Duration.ofDays(1)),
          "10m",
          "time",
          "after which it is tried once more, where clients came back to the same node");

  static final Setting<Integer> COMMANDS_PER_SECOND =
      add(
          "limits.commands.per.second",
          integer(0, ANY),
          "100",
          "commands/s",
          "of a session, on average over 5 s; 0: no limit");
  static final Setting<Integer> SESSIONS_PER_USER =
      add(
          "limits.sessions.per.user",
          integer(0, ANY),
          "50",
          "sessions",
          "of a user on a node; 0: no limit");
  static final Setting<Integer> SESSIONS_PER_ADDRESS =
      add(
          "limits.sessions.per.address",
          integer(0, ANY),
          "500",
          "sessions",
          "from one network address on a node; 0: no limit");
  static final Setting<Integer> HANDSHAKES_PER_SECOND =
      add(
          "limits.handshakes.per.second",
          integer(0, ANY),
          "1000",
          "handshakes/s",
          "of a node; 0: no limit");
  static final Setting<Double> LOGINS_PER_ADDRESS =
      add(
          "limits.logins.per.address",
          decimal(0, 1_000_000),
          "1",
          "a second",
          "sign-ups and failed log-ins from one address, after a burst of 100; 0: no limit");
  static final Setting<Double> LOGINS_PER_NAME =
      add(
          "limits.logins.per.name",
          decimal(0, 1_000_000),
          "0.1",
          "a second",
          "failed log-ins of one name, after a burst of 10; 0: no limit");
  static final Setting<Integer> FRAME_BYTES =
      add(
          "limits.frame.bytes",
          integer(1_024, 1 << 24),
          "262144",
          "bytes",
          "of the largest message from a client");
  static final Setting<Integer> BODY_BYTES =
      add(
          "limits.body.bytes",
          integer(1, 1 << 20),
          "65536",
          "bytes",
          "of the largest text of a message, in UTF-8");
  static final Setting<Integer> IN_FLIGHT =
      add(
          "limits.in.flight",
          integer(1, 1_000_000),
          "1000",
          "commands",
          "of a session that wait for their reply");
  static final Setting<Integer> SINCE =
      add(
          "limits.since",
          integer(1, 10_000),
          "200",
          "conversations",
          "that hello may name in since");
  static final Setting<Integer> REPLY_BYTES =
      add(
          "limits.reply.bytes",
          integer(1 << 16, 1 << 26),
          "1048576",
          "bytes",
          "about, of the largest reply");
  static final Setting<Integer> MEMBERS =
      add("limits.members", integer(1, 1_000), "1000", "users", "that one join or leave may name");
  static final Setting<Integer> USERS =
      add("limits.users", integer(1, 1_000), "200", "users", "that one question may name");
  static final Setting<Integer> WATCH =
      add("limits.watch", integer(1, 10_000), "500", "users", "that one watch may name");
  static final Setting<Integer> FRIENDS =
      add(
          "limits.friends",
          integer(0, 100_000),
          "5000",
          "users",
          "that one may ask and block together, and whose presence a session is told without asking");
  static final Setting<Integer> FOLLOW =
      add(
          "limits.follow",
          integer(1, 1_000_000),
          "5000",
          "conversations",
          "that a session follows, the most recently active first");
  static final Setting<Integer> BEHIND =
      add(
          "limits.behind",
          integer(0, ANY),
          "10000",
          "entries",
          "that a session may be behind and still have pushed");
  static final Setting<Integer> OUTBOX_BYTES =
      add(
          "limits.outbox.bytes",
          integer(1 << 14, 1 << 28),
          "1048576",
          "bytes",
          "that may wait for a session before it is told gap");

  static final Setting<Optional<String>> DATABASE_URL =
      add(
          "database.url",
          optional(),
          "",
          "",
          "postgresql://user:password@host:port/name?sslmode=…&sslrootcert=…; unset: an embedded"
              + " server");
  static final Setting<Optional<String>> DATABASE_PASSWORD_FILE =
      add(
          "database.password.file",
          optional(),
          "",
          "",
          "holds the password, and is read anew for each connection, so that it may be rotated");
  static final Setting<Integer> DATABASE_POOL =
      add(
          "database.pool",
          integer(1, 1_000),
          "8",
          "connections",
          "for reading, besides one for each lane");
  static final Setting<Integer> DATABASE_QUEUE =
      add(
          "database.queue",
          integer(1, 1_000_000),
          "1000",
          "questions",
          "that may wait for a connection; more are refused");
  static final Setting<Duration> DATABASE_CONNECT =
      add(
          "database.connect",
          duration(MILLI, HOUR),
          "5s",
          "time",
          "how long to wait for a connection");
  static final Setting<Duration> DATABASE_STATEMENT =
      add(
          "database.statement",
          duration(MILLI, HOUR),
          "10s",
          "time",
          "after which the database ends a statement");
  static final Setting<Duration> DATABASE_LOCK =
      add(
          "database.lock",
          duration(MILLI, HOUR),
          "5s",
          "time",
          "after which the database stops waiting for a lock");
  static final Setting<Integer> EMBEDDED_PORT =
      add(
          "database.embedded.port",
          integer(0, 65_535),
          "0",
          "",
          "the embedded server's port on 127.0.0.1; 0: that of its last start, or any free one");
  static final Setting<Duration> EMBEDDED_START =
      add(
          "database.embedded.start",
          duration(Duration.ofSeconds(1), Duration.ofHours(1)),
          "60s",
          "time",
          "how long the embedded server may take to start or stop");
  static final Setting<Optional<String>> EMBEDDED_BINARIES =
      add(
          "database.embedded.binaries",
          optional(),
          "",
          "",
          "where its programs are unpacked; unset: under data.dir");

  static final Setting<Integer> LANES =
      add(
          "history.lanes",
          integer(1, 64),
          "1",
          "lanes",
          "connections that write, each with a batch in flight; the same on all nodes");
  static final Setting<Integer> BATCH_ROWS =
      add("history.batch.rows", integer(1, 10_000), "500", "commands", "at most in a batch");
  static final Setting<Integer> BATCH_BYTES =
      add(
          "history.batch.bytes",
          integer(1 << 16, 1 << 26),
          "1048576",
          "bytes",
          "of text, about, at most in a batch");
  static final Setting<Duration> DEADLINE =
      add(
          "history.deadline",
          duration(Duration.ofSeconds(1), Duration.ofMinutes(5)),
          "10s",
          "time",
          "after which a command that waited is not done any more");
  static final Setting<Integer> DELIVERY_BYTES =
      add(
          "history.delivery.bytes",
          integer(1 << 16, 1 << 30),
          "8388608",
          "bytes",
          "that wait for an edge; above, it is sent heads and pulls");

  static final Setting<Integer> PAGE_ROWS =
      add("history.page.rows", integer(1, 10_000), "1000", "rows", "at most in one answer");
  static final Setting<Integer> PAGE_BYTES =
      add(
          "history.page.bytes",
          integer(1 << 16, 1 << 26),
          "524288",
          "bytes",
          "of text, about, at most in a page of entries");
  static final Setting<Integer> REACTORS =
      add(
          "history.reactors",
          integer(1, 10_000),
          "100",
          "users",
          "named for each emoji of a message at most");
  static final Setting<Integer> CHANGES =
      add(
          "history.changes",
          integer(100, 100_000),
          "5000",
          "changes",
          "at most in one answer to an edge");
  static final Setting<Integer> OPEN_BATCHES =
      add(
          "history.open.batches",
          integer(1, 100),
          "2",
          "batches",
          "of new sessions, and of whom sessions watch, that are read at a time");
  static final Setting<Integer> OPEN_AT_ONCE =
      add("history.open.batch", integer(1, 1_000), "100", "sessions", "read together at most");
  static final Setting<Integer> OPEN_WAITING =
      add(
          "history.open.waiting",
          integer(1, 1_000_000),
          "10000",
          "sessions",
          "that wait to be read, above which they are refused as overloaded");

  static final Setting<Duration> PRESENCE_GRACE =
      add(
          "presence.grace",
          duration(MILLI, HOUR),
          "10s",
          "time",
          "after the last session before a user is offline; the same on all nodes");
  static final Setting<Duration> PRESENCE_IDLE =
      add(
          "presence.idle",
          duration(Duration.ofSeconds(1), Duration.ofHours(24)),
          "10m",
          "time",
          "without a command after which a session is idle; away: all of a user's are");
  static final Setting<Duration> PRESENCE_REBUILD =
      add(
          "presence.rebuild",
          duration(Duration.ZERO, HOUR),
          "8s",
          "time",
          "that a new home waits for all edges before it says that somebody is offline");
  static final Setting<Duration> PRESENCE_KEEP =
      add(
          "presence.keep",
          duration(MILLI.multipliedBy(10), HOUR),
          "1s",
          "time",
          "between two writings of chosen statuses and last seen");
  static final Setting<Duration> PRESENCE_ANSWER =
      add(
          "presence.answer",
          duration(MILLI, HOUR),
          "12s",
          "time",
          "that the answer to watch may take, as a new home may not know yet");
  static final Setting<Duration> PRESENCE_UNREAD =
      add(
          "presence.unread",
          duration(MILLI, HOUR),
          "2s",
          "time",
          "between two readings of what is unread for one stream of notifications");
  static final Setting<Integer> PRESENCE_DELIVERY_BYTES =
      add(
          "presence.delivery.bytes",
          integer(1 << 16, 1 << 30),
          "1048576",
          "bytes",
          "that wait for an edge; above, only the newest of each user stays");
  static final Setting<Integer> PRESENCE_ROOM_MEMBERS =
      add(
          "presence.room.members",
          integer(0, 10_000),
          "100",
          "members",
          "of a room at most for its members to see each other's presence");

  static final Setting<Integer> HUB_WAITING_BYTES =
      add(
          "hub.waiting.bytes",
          integer(1 << 16, 1 << 30),
          "8388608",
          "bytes",
          "that wait for one home, above which commands are refused as overloaded");
  static final Setting<Duration> HUB_WAITING =
      add(
          "hub.waiting",
          duration(MILLI, HOUR),
          "2s",
          "time",
          "that the oldest command waits for its home before others are refused as overloaded");
  static final Setting<Duration> HUB_OUTCOME =
      add(
          "hub.outcome",
          duration(MILLI, HOUR),
          "15s",
          "time",
          "after which a command without an answer is told unknown_outcome");
  static final Setting<Duration> HUB_ASK =
      add("hub.ask", duration(MILLI, HOUR), "5s", "time", "to wait for the answer to a question");
  static final Setting<Duration> HUB_DIGEST =
      add(
          "hub.digest",
          duration(MILLI, HOUR),
          "2s",
          "time",
          "between two comparisons of an edge with a home");

  static final Setting<Integer> LINK_ITEMS =
      add(
          "link.batch.items",
          integer(1, 100_000),
          "2000",
          "items",
          "at most in a batch between two nodes");
  static final Setting<Integer> LINK_BYTES =
      add(
          "link.batch.bytes",
          integer(1 << 16, 1 << 26),
          "1048576",
          "bytes",
          "about, at most in a batch between two nodes");
  static final Setting<Duration> LINK_REPLY =
      add(
          "link.reply",
          duration(MILLI, HOUR),
          "2s",
          "time",
          "to wait for a reply before asking what became of a batch");
  static final Setting<Duration> LINK_AGAIN =
      add(
          "link.again",
          duration(MILLI, HOUR),
          "200ms",
          "time",
          "before a busy or missing node is asked again");

  static final Setting<Optional<String>> AUTH_SECRET =
      add(
          "auth.secret",
          optional(),
          "",
          "at least 32 bytes",
          "signs our own tokens (HS256); unset with the embedded database: made and kept");
  static final Setting<Optional<String>> AUTH_JWKS =
      add("auth.jwks", optional(), "", "", "URL or file of an outside identity provider's keys");
  static final Setting<Optional<String>> AUTH_ISSUER =
      add("auth.issuer", optional(), "", "", "the iss that tokens must have; unset: any");
  static final Setting<Optional<String>> AUTH_AUDIENCE =
      add("auth.audience", optional(), "", "", "the aud that tokens must have; unset: any");
  static final Setting<Duration> AUTH_LEEWAY =
      add(
          "auth.leeway",
          duration(Duration.ZERO, Duration.ofSeconds(60)),
          "30s",
          "time",
          "how far the clocks of token makers may differ");
  static final Setting<Duration> AUTH_LIFETIME =
      add(
          "auth.token.lifetime",
          duration(Duration.ofSeconds(1), Duration.ofHours(24)),
          "15m",
          "time",
          "of our own tokens");
  static final Setting<Integer> REFRESH_DAYS =
      add(
          "auth.refresh.days",
          integer(1, 3_650),
          "30",
          "days",
          "for which a refresh token is good");
  static final Setting<Integer> REFRESH_REPLAY =
      add(
          "auth.refresh.replay",
          integer(0, 3_600),
          "60",
          "seconds",
          "after its use for which a refresh token is exchanged once more");
  static final Setting<Duration> AUTH_JWKS_REFRESH =
      add(
          "auth.jwks.refresh",
          duration(Duration.ofSeconds(1), Duration.ofHours(24)),
          "15m",
          "time",
          "between two readings of auth.jwks");
  static final Setting<Duration> AUTH_JWKS_TIMEOUT =
      add(
          "auth.jwks.timeout",
          duration(MILLI, HOUR),
          "5s",
          "time",
          "that a reading of auth.jwks may take");

  static final Setting<Boolean> CLUSTER_ENABLED =
      add(
          "cluster.enabled",
          bool(),
          "false",
          "",
          "whether to be one of several nodes; implied by any cluster.join but none");
  static final Setting<Join> CLUSTER_JOIN =
      add(
          "cluster.join",
          word(Join.class),
          "none",
          "",
          "how nodes find each other: none, multicast, tcp, aws, kubernetes");
  static final Setting<String> CLUSTER_NAME =
      add("cluster.name", text(), "hubbub", "", "nodes of another name are strangers");
  static final Setting<Optional<String>> CLUSTER_HOST =
      add(
          "cluster.host",
          optional(),
          "",
          "",
          "the address that other nodes reach this one at; unset: found out");
  static final Setting<Integer> CLUSTER_PORT =
      add(
          "cluster.port",
          integer(1, 65_535),
          "5701",
          "",
          "the port for membership, exactly this one");
  static final Setting<Integer> CLUSTER_BUS_PORT =
      add("cluster.bus.port", integer(0, 65_535), "0", "", "for the event bus; 0: any free one");
  static final Setting<List<String>> CLUSTER_MEMBERS =
      add(
          "cluster.members",
          list(),
          "",
          "",
          "for tcp: addresses of nodes, host or host:port, by commas");
  static final Setting<Integer> CLUSTER_EXPECTED =
      add(
          "cluster.expected",
          integer(1, 1_000),
          "1",
          "nodes",
          "not ready before this many have been in view at once");
  static final Setting<Optional<String>> CLUSTER_AWS_REGION =
      add("cluster.aws.region", optional(), "", "", "for aws; unset: this instance's");
  static final Setting<String> CLUSTER_AWS_TAG =
      add(
          "cluster.aws.tag",
          text(),
          "hubbub-cluster=hubbub",
          "",
          "for aws: key=value that the nodes' instances have");
  static final Setting<String> CLUSTER_KUBERNETES_SERVICE =
      add(
          "cluster.kubernetes.service",
          text(),
          "hubbub-headless",
          "",
          "for kubernetes: the headless service's name, for dns its DNS name");
  static final Setting<Lookup> CLUSTER_KUBERNETES_LOOKUP =
      add(
          "cluster.kubernetes.lookup",
          word(Lookup.class),
          "api",
          "",
          "for kubernetes: who is asked for the service's pods: api (needs a role) or dns");
  static final Setting<Optional<String>> CLUSTER_KUBERNETES_NAMESPACE =
      add(
          "cluster.kubernetes.namespace",
          optional(),
          "",
          "",
          "for kubernetes and api: the service's namespace; unset: the pod's own");
  static final Setting<Duration> CLUSTER_BEAT =
      add(
          "cluster.beat",
          duration(MILLI.multipliedBy(100), Duration.ofSeconds(5)),
          "2s",
          "time",
          "between two beats of a node in the database");

  private Settings() {}

  /** All settings, in the order of the help. */
  public static List<Setting<?>> all() {
    return Collections.unmodifiableList(TABLE);
  }

  private static <T> Setting<T> add(
      String name, Parser<T> parser, String standard, String unit, String help) {
    Setting<T> setting = new Setting<>(name, parser, standard, unit, help);
    TABLE.add(setting);
    return setting;
  }
}
