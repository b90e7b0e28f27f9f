package io.hubbub.bench.contestant;

import io.hubbub.bench.load.Dialect;
import io.hubbub.bench.load.World;
import io.hubbub.bench.load.XmppDialect;
import io.hubbub.bench.machine.Database;
import io.hubbub.bench.machine.NodeJvm;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * ejabberd as Debian packs it, with rooms and their archive in PostgreSQL. It sends a message to
 * the room at once and writes to the archive afterwards, so that it promises less than the others.
 */
public final class Ejabberd implements Contestant {
  private static final int START_SECONDS = 60;
  private static final int PAUSE_MILLIS = 50;
  private static final List<String> PACKAGES = List.of("ejabberd", "erlang-p1-pgsql");
  private static final Pattern UNPACKED =
      Pattern.compile("ejabberd|erlang-.*|libodbc2|libltdl7|libyaml-0-2");

  private final Path root;
  private final Database database;
  private final NodeJvm process;
  private final int port;

  private Ejabberd(Path root, Database database, NodeJvm process, int port) {
    this.root = root;
    this.database = database;
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one, after fetching its packages where they are not there yet.
   *
   * @param bench the folder {@code bench}
   * @param folder where data and logs go
   * @throws Unavailable when this is no Debian, or its packages cannot be fetched
   */
  public static Ejabberd start(Path bench, Path folder)
      throws IOException, SQLException, InterruptedException, Unavailable {
    Path root = Debian.unpacked(bench.resolve("target").resolve("ejabberd"), PACKAGES, UNPACKED);
    Path emulator = Debian.find(root, "usr/lib/erlang/erts-*/bin");
    Path tables = Debian.find(root, "usr/share/ejabberd/sql/pg.sql");
    Path library = Debian.find(root, "usr/lib/*/ejabberd-*").resolveSibling("");
    Database database = Database.start(folder);
    NodeJvm process = null;
    try {
      database.run(Files.readString(tables));
      int port = Database.freePort();
      Path configuration = folder.resolve("ejabberd.yml");
      Files.writeString(
          configuration,
          configured(
              Files.readString(bench.resolve("peers").resolve("ejabberd").resolve("ejabberd.yml")),
              port,
              URI.create(database.url())));
      Path spool = folder.resolve("mnesia");
      process =
          NodeJvm.start(
              List.of(
                  emulator.resolve("erlexec").toString(),
                  "-noinput",
                  "+K",
                  "true",
                  "+P",
                  "250000",
                  "-mnesia",
                  "dir",
                  "\"" + spool + "\"",
                  "-s",
                  "ejabberd"),
              environment(root, emulator, library, configuration, folder),
              folder.resolve("ejabberd-process.log"));
      untilListening(port);
      return new Ejabberd(root, database, process, port);
    } catch (Throwable e) {
      if (process != null) {
        process.close();
      }
      database.close();
      throw e;
    }
  }

  private static void untilListening(int port) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (ConnectException e) {
        if (System.nanoTime() > end) {
          throw new IOException("ejabberd does not listen: see its log", e);
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  private static String configured(String template, int port, URI database) {
    String[] user = database.getUserInfo().split(":", 2);
    return template
        .replace("@PORT@", "" + port)
        .replace("@DATABASE_PORT@", "" + database.getPort())
        .replace("@DATABASE_NAME@", database.getPath().substring(1))
        .replace("@DATABASE_USER@", user[0])
        .replace("@DATABASE_PASSWORD@", user[1]);
  }

  private static Map<String, String> environment(
      Path root, Path emulator, Path library, Path configuration, Path folder) {
    return Map.of(
        "ROOTDIR", root.resolve("usr/lib/erlang").toString(),
        "BINDIR", emulator.toString(),
        "EMU", "beam",
        "PROGNAME", "erl",
        "ERL_LIBS", library.toString(),
        "LD_LIBRARY_PATH", library.toString(),
        "EJABBERD_CONFIG_PATH", configuration.toString(),
        "EJABBERD_LOG_PATH", folder.resolve("ejabberd.log").toString(),
        "ERL_CRASH_DUMP", folder.resolve("crash.dump").toString(),
        "HOME", folder.toString());
  }

  /** Its rooms are made when the first one joins. */
  @Override
  public void prepare(World world) throws SQLException {
    database.run(
        "INSERT INTO users (username, password) SELECT 'u' || i, 'u' || i"
            + " FROM generate_series(0, "
            + (world.users() - 1)
            + ") i");
    // Or its first vacuum falls into the measurement.
    database.run("VACUUM ANALYZE users");
    database.run("CHECKPOINT");
  }

  @Override
  public List<Integer> ports() {
    return List.of(port);
  }

  @Override
  public Dialect dialect() {
    return new XmppDialect(name -> name);
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
    return OptionalLong.of(Long.parseLong(database.one("SELECT count(*) FROM archive")));
  }

  @Override
  public Map<String, String> versions() throws Exception {
    String name = Debian.find(root, "usr/lib/*/ejabberd-*").getFileName().toString();
    return Map.of(
        "PostgreSQL", database.version(), "ejabberd", name.substring(name.indexOf('-') + 1));
  }

  @Override
  public void close() throws IOException {
    process.close();
    database.close();
  }
}
