package io.hubbub.server.database;

import io.hubbub.server.config.ConfigException;
import io.hubbub.server.config.DatabaseConfig;
import io.hubbub.server.config.DatabaseUrl;
import io.hubbub.server.start.DataDir;
import io.hubbub.server.start.Ports;
import io.hubbub.server.start.StartException;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of the node's own, on the loopback address, with its data under {@code
 * data.dir}. It keeps what it acknowledges: the library turns {@code fsync} and {@code
 * synchronous_commit} off unless told otherwise, so they are turned on here and proved by {@link
 * Durability} after the start. Blocking; for the start and the end.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final String HOST = "127.0.0.1";
  private static final String NAME = "hubbub";

  /** Object ids below this one are the server's own: a database above it is one that we made. */
  private static final long FIRST_OWN_ID = 16_384;

  private static final Map<String, String> SERVER =
      Map.ofEntries(
          Map.entry("fsync", "on"),
          Map.entry("synchronous_commit", "on"),
          Map.entry("listen_addresses", HOST),
          Map.entry("unix_socket_directories", ""),
          Map.entry("max_connections", "200"),
          Map.entry("jit", "off"),
          Map.entry("log_checkpoints", "off"));

  private final EmbeddedPostgres server;
  private final DatabaseUrl url;

  private EmbeddedDatabase(EmbeddedPostgres server, DatabaseUrl url) {
    this.server = server;
    this.url = url;
  }

  /**
   * Starts the server, setting its data up the first time, and keeps its URL, for nodes that share
   * it, in {@code database.url} of the data folder.
   *
   * @throws StartException when it does not come up; the message names its log
   */
  public static EmbeddedDatabase start(DataDir dir, DatabaseConfig config) throws StartException {
    return start(dir, config, SERVER);
  }

  /** Images and other installations for many nodes leave them out. */
  private static void needPrograms() throws StartException {
    try (InputStream programs =
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
            System.getProperty("os.name"), System.getProperty("os.arch"))) {
      if (programs != null) {
        return;
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("Looking for PostgreSQL's programs", e);
    }
    throw new StartException(
        "there is no PostgreSQL in this installation; set database.url to a server of your own");
  }

  static EmbeddedDatabase start(DataDir dir, DatabaseConfig config, Map<String, String> settings)
      throws StartException {
    needPrograms();
    Path cluster = dir.path().resolve("postgresql");
    Path log = dir.path().resolve("postgresql.log");
    OrphanedServer.stop(cluster, config.embeddedStart());
    discardUnfinished(cluster);
    String password = dir.secret("database.password");
    int port = port(dir, config.embeddedPort());
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(cluster)
            .setOverrideWorkingDirectory(config.embeddedBinaries().toFile())
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(config.embeddedStart())
            .setPort(port)
            .setConnectConfig("password", password)
            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
            // For initdb: a locale that every machine has, which still knows all letters.
            .setLocaleConfig("locale", "C")
            .setLocaleConfig("locale-provider", "builtin")
            .setLocaleConfig("builtin-locale", "C.UTF-8")
            .setLocaleConfig("auth", "scram-sha-256")
            .setLocaleConfig("pwfile", dir.path().resolve("database.password").toString());
    settings.forEach(builder::setServerConfig);
    DatabaseUrl url = new DatabaseUrl(HOST, port, NAME, NAME, password, "disable", "");
    try {
      EmbeddedDatabase database = new EmbeddedDatabase(builder.start(), url);
      database.prepare(password);
      dir.write("database.url", url.toSetting());
      LOG.info("Database server on {}:{}, data in {}", HOST, port, cluster);
      return database;
    } catch (IOException | SQLException | RuntimeException | ExceptionInInitializerError e) {
      throw new StartException(
          "the embedded database server does not start (" + e.getMessage() + "); see " + log, e);
    }
  }

  /** The port asked for; for 0 that of the last start, where other nodes look for it, or any. */
  private static int port(DataDir dir, int asked) throws StartException {
    if (asked == 0 && dir.has("database.url")) {
      try {
        int last = DatabaseUrl.parse(dir.secret("database.url")).port();
        return Ports.free(HOST, last, "database.embedded.port");
      } catch (ConfigException | StartException notFreeAnyMore) {
        // Then any will do.
      }
    }
    return Ports.free(HOST, asked, "database.embedded.port");
  }

  /** How to log in to it. */
  public DatabaseUrl url() {
    return url;
  }

  /** Makes our own role, which is no superuser, and the database. */
  private void prepare(String password) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement()) {
      if (none(sql, "SELECT FROM pg_roles WHERE rolname = '" + NAME + "'")) {
        // The password is base64url: nothing in it needs quoting.
        sql.execute("CREATE ROLE " + NAME + " LOGIN PASSWORD '" + password + "'");
      }
      if (none(sql, "SELECT FROM pg_database WHERE datname = '" + NAME + "'")) {
        sql.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
      }
    }
  }

  private static boolean none(Statement sql, String query) throws SQLException {
    try (ResultSet rows = sql.executeQuery(query)) {
      return !rows.next();
    }
  }

  /**
   * A first start that was killed leaves half a cluster, which no server can use. It is put aside,
   * and only where it holds no database of ours, so that nothing can be lost.
   */
  private static void discardUnfinished(Path cluster) throws StartException {
    if (!Files.exists(cluster) || hasOwnDatabase(cluster)) {
      return;
    }
    Path aside = cluster.resolveSibling("postgresql.unfinished." + System.currentTimeMillis());
    LOG.warn("The first start was cut off; its unfinished data is now {}", aside);
    try {
      Files.move(cluster, aside);
    } catch (IOException e) {
      throw new StartException("can't rename " + cluster + " (" + e + ")", e);
    }
  }

  private static boolean hasOwnDatabase(Path cluster) throws StartException {
    Path databases = cluster.resolve("base");
    if (!Files.isDirectory(databases)) {
      return false;
    }
    try (Stream<Path> folders = Files.list(databases)) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .anyMatch(name -> name.matches("[0-9]{1,18}") && Long.parseLong(name) >= FIRST_OWN_ID);
    } catch (IOException e) {
      throw new StartException("can't read " + databases + " (" + e + ")", e);
    }
  }

  /** Stops the server, with a checkpoint. */
  @Override
  public void close() throws IOException {
    server.close();
  }
}
