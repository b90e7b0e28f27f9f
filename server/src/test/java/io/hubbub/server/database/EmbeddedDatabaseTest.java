package io.hubbub.server.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.node.Health;
import io.hubbub.server.config.DatabaseConfig;
import io.hubbub.server.config.DatabaseUrl;
import io.hubbub.server.start.DataDir;
import io.hubbub.server.start.Ports;
import io.hubbub.server.start.StartException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedded server keeps what it acknowledges, or the node does not start. */
@Timeout(120)
class EmbeddedDatabaseTest {
  private static final DatabaseConfig CONFIG =
      new DatabaseConfig(
          Optional.empty(),
          Optional.empty(),
          4,
          1_000,
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          0,
          Duration.ofSeconds(60),
          Path.of("target/postgresql-programs").toAbsolutePath());

  private final Path path;

  EmbeddedDatabaseTest(@TempDir Path path) {
    this.path = path;
  }

  @Test
  void aServerThatDoesNotSyncIsRefused() throws Exception {
    try (DataDir dir = DataDir.open(path)) {
      try (EmbeddedDatabase off =
          EmbeddedDatabase.start(dir, CONFIG, Map.of("synchronous_commit", "on"))) {
        // The library's own choice, when nobody says otherwise.
        assertTrue(refusal(off.url()).contains("fsync=off"));
      }
      try (EmbeddedDatabase off =
          EmbeddedDatabase.start(
              dir, CONFIG, Map.of("fsync", "on", "synchronous_commit", "local"))) {
        assertTrue(refusal(off.url()).contains("synchronous_commit=local"));
      }
      try (EmbeddedDatabase ours = EmbeddedDatabase.start(dir, CONFIG)) {
        Health health = new Health();
        assertTrue(new DatabaseGate(Login.fixed(ours.url()), health).tryOnce());
        assertTrue(health.ready());
        DatabaseUrl url = ours.url();
        assertTrue(
            refusal(
                    new DatabaseUrl(
                        url.host(), url.port(), "none", url.user(), url.password(), "disable", ""))
                .contains("CREATE DATABASE none"));
        assertTrue(
            refusal(
                    new DatabaseUrl(
                        url.host(), url.port(), "hubbub", url.user(), "no", "disable", ""))
                .contains("refuses the login"));
        assertTrue(
            refusal(
                    new DatabaseUrl(
                        url.host(), url.port(), "hubbub", url.user(), "no", "require", ""))
                .contains("SSL"));
        assertEquals(url.toSetting() + "\n", Files.readString(path.resolve("database.url")));
      }
    }
  }

  @Test
  void itKeepsItsPortForOtherNodesWhileNobodyElseTakesIt() throws Exception {
    try (DataDir dir = DataDir.open(path)) {
      int port;
      try (EmbeddedDatabase first = EmbeddedDatabase.start(dir, CONFIG)) {
        port = first.url().port();
      }
      try (EmbeddedDatabase again = EmbeddedDatabase.start(dir, CONFIG)) {
        assertEquals(port, again.url().port());
      }
      try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
          EmbeddedDatabase other = EmbeddedDatabase.start(dir, CONFIG)) {
        assertNotEquals(taken.getLocalPort(), other.url().port());
      }
    }
  }

  @Test
  void aFirstStartThatWasCutOffIsPutAside() throws Exception {
    Files.createDirectories(path.resolve("postgresql/base/1"));
    Files.writeString(path.resolve("postgresql/postgresql.conf"), "");
    try (DataDir dir = DataDir.open(path);
        EmbeddedDatabase database = EmbeddedDatabase.start(dir, CONFIG)) {
      assertTrue(new DatabaseGate(Login.fixed(database.url()), new Health()).tryOnce());
    }
    try (var files = Files.list(path)) {
      assertTrue(files.anyMatch(file -> file.toString().contains("postgresql.unfinished.")));
    }
  }

  @Test
  void aPidFileWhoseNumberIsAnotherProgramsNowIsRemoved() throws Exception {
    Path pidFile = Files.createDirectories(path.resolve("postgresql")).resolve("postmaster.pid");
    Files.writeString(pidFile, ProcessHandle.current().pid() + "\n");
    OrphanedServer.stop(path.resolve("postgresql"), Duration.ofSeconds(5));
    assertFalse(Files.exists(pidFile));
  }

  @Test
  void secretsAreMadeOnceAndReadableForTheirOwnerOnly() throws Exception {
    try (DataDir dir = DataDir.open(path.resolve("new"))) {
      String secret = dir.secret("auth.secret");
      assertTrue(secret.length() >= 32);
      assertEquals(secret, dir.secret("auth.secret"));
      assertEquals(
          PosixFilePermissions.fromString("rw-------"),
          Files.getPosixFilePermissions(path.resolve("new/auth.secret")));
      assertThrows(StartException.class, () -> DataDir.open(path.resolve("new")));
    }
    DataDir.open(path.resolve("new")).close();
  }

  @Test
  void aDatabaseThatIsNotThereIsAProblemAndNotAFailure() throws Exception {
    int port = Ports.free("127.0.0.1", 0, "http.port");
    Health health = new Health();
    DatabaseUrl url = new DatabaseUrl("127.0.0.1", port, "d", "u", "p", "disable", "");
    assertFalse(new DatabaseGate(Login.fixed(url), health).tryOnce());
    assertTrue(health.problems().containsKey("database"));
  }

  private static String refusal(DatabaseUrl url) {
    return assertThrows(
            StartException.class, () -> new DatabaseGate(Login.fixed(url), new Health()).tryOnce())
        .line();
  }
}
