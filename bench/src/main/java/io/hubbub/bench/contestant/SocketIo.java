package io.hubbub.bench.contestant;

import io.hubbub.bench.load.Dialect;
import io.hubbub.bench.load.SocketIoDialect;
import io.hubbub.bench.load.World;
import io.hubbub.bench.machine.Database;
import io.hubbub.bench.machine.NodeJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** {@code bench/peers/socketio}: Socket.IO and {@code pg} on Node, over a database of its own. */
public final class SocketIo implements Contestant {
  private static final int START_SECONDS = 30;
  private static final int INSTALL_SECONDS = 300;
  private static final int AT_ONCE = 1_000;

  private static final String TABLES =
      """
      CREATE TABLE conversation (id uuid PRIMARY KEY, head bigint NOT NULL DEFAULT 0)
        WITH (fillfactor = 50);
      CREATE TABLE member (
        account text NOT NULL, conversation uuid NOT NULL, PRIMARY KEY (account, conversation));
      CREATE TABLE message (
        conversation uuid NOT NULL, seq bigint NOT NULL, author text NOT NULL, at bigint NOT NULL,
        key uuid NOT NULL, body text NOT NULL, PRIMARY KEY (conversation, seq));
      """;

  private final Path app;
  private final Database database;
  private final NodeJvm process;
  private final int port;

  private SocketIo(Path app, Database database, NodeJvm process, int port) {
    this.app = app;
    this.database = database;
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one, after installing what it needs where that is not there yet.
   *
   * @param bench the folder {@code bench}
   * @param folder where data and logs go
   * @throws Unavailable when there is no Node here, or npm cannot install
   */
  public static SocketIo start(Path bench, Path folder)
      throws IOException, SQLException, InterruptedException, Unavailable {
    Path app = installed(bench);
    Database database = Database.start(folder);
    NodeJvm process = null;
    try {
      database.run(TABLES);
      int port = Database.freePort();
      process =
          NodeJvm.start(
              List.of("node", app.resolve("server.mjs").toString()),
              Map.of(
                  "NODE_ENV",
                  "production",
                  "DATABASE_URL",
                  database.url(),
                  "PORT",
                  "" + port,
                  "SECRET",
                  Tokens.SECRET),
              folder.resolve("socketio.log"));
      process.until("socket.io is ready", START_SECONDS);
      return new SocketIo(app, database, process, port);
    } catch (Throwable e) {
      if (process != null) {
        process.close();
      }
      database.close();
      throw e;
    }
  }

  /** Packages are fetched once; the versions are those of the lock file. */
  private static Path installed(Path bench) throws IOException, InterruptedException, Unavailable {
    Path from = bench.resolve("peers").resolve("socketio");
    Path app = Files.createDirectories(bench.resolve("target").resolve("socketio"));
    Path done = app.resolve("installed.json");
    Path lock = from.resolve("package-lock.json");
    for (String name : List.of("package.json", "package-lock.json", "server.mjs")) {
      Files.copy(from.resolve(name), app.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(done) || Files.mismatch(done, lock) >= 0) {
      Tool.run(app, INSTALL_SECONDS, "node", "--version");
      Tool.run(app, INSTALL_SECONDS, "npm", "ci", "--omit=dev", "--no-audit", "--no-fund");
      Files.copy(lock, done, StandardCopyOption.REPLACE_EXISTING);
    }
    return app;
  }

  @Override
  public void prepare(World world) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement conversation =
            connection.prepareStatement("INSERT INTO conversation (id) VALUES (?)");
        PreparedStatement member =
            connection.prepareStatement("INSERT INTO member VALUES (?, ?)")) {
      connection.setAutoCommit(false);
      int waiting = 0;
      for (World.Room room : world.rooms()) {
        conversation.setObject(1, room.id());
        conversation.addBatch();
        for (int each : room.members()) {
          member.setString(1, World.name(each));
          member.setObject(2, room.id());
          member.addBatch();
        }
        if (++waiting % AT_ONCE == 0) {
          conversation.executeBatch();
          member.executeBatch();
        }
      }
      conversation.executeBatch();
      member.executeBatch();
      connection.commit();
    }
    // Or its first vacuum falls into the measurement.
    database.run("VACUUM ANALYZE conversation, member, message");
    database.run("CHECKPOINT");
  }

  @Override
  public List<Integer> ports() {
    return List.of(port);
  }

  @Override
  public Dialect dialect() {
    return new SocketIoDialect(Tokens::of);
  }

  @Override
  public List<NodeJvm> processes() {
    return List.of(process);
  }

  @Override
  public double databaseCpu() {
    return database.cpu();
  }

  @Override
  public boolean java() {
    return false;
  }

  @Override
  public OptionalLong kept() throws SQLException {
    return OptionalLong.of(Long.parseLong(database.one("SELECT count(*) FROM message")));
  }

  @Override
  public Map<String, String> versions() throws Exception {
    Map<String, String> versions = new TreeMap<>();
    versions.put("PostgreSQL", database.version());
    versions.put("Node", Tool.run(app, INSTALL_SECONDS, "node", "--version"));
    for (String name : List.of("socket.io", "ws", "pg")) {
      String of = "require('./node_modules/" + name + "/package.json').version";
      versions.put(name, Tool.run(app, INSTALL_SECONDS, "node", "-p", of));
    }
    return versions;
  }

  @Override
  public void close() throws IOException {
    process.close();
    database.close();
  }
}
