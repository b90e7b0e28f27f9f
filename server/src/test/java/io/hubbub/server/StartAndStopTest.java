package io.hubbub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node's process, from its first line to its exit code. */
@Timeout(120)
class StartAndStopTest {
  private static final String SECRET = "--auth.secret=0123456789abcdef0123456789abcdef";

  private final Path dir;

  StartAndStopTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void sigtermDrainsAndExitsWithZero() throws Exception {
    try (TestNode node = TestNode.start(FreePort.find(), data()).awaitReady()) {
      assertEquals(200, node.status("/health/live"));
      String metrics = node.body("/metrics");
      assertTrue(metrics.contains("jvm_memory_used_bytes"), () -> "of " + metrics.length());
      String page = "Open http://127.0.0.1:" + node.port;
      node.await("told where to go", () -> node.output().contains(page));
      node.terminate();
      assertEquals(0, node.exitCode());
      assertTrue(node.output().contains("Draining"));
      assertTrue(node.output().contains("Stopped"));
    }
    assertFalse(Files.exists(dir.resolve("postgresql/postmaster.pid")), "its database runs on");
  }

  @Test
  void dataAndSecretAreThereAfterTheNodeWasKilled() throws Exception {
    String secret;
    try (TestNode node = TestNode.start(FreePort.find(), data()).awaitReady()) {
      secret = Files.readString(dir.resolve("auth.secret"));
      sql("CREATE TABLE kept AS SELECT 42 AS value");
      node.kill();
    }
    try (TestNode node = TestNode.start(FreePort.find(), data()).awaitReady()) {
      assertTrue(node.output().contains("that a killed node left"));
      assertEquals("42", sql("SELECT value FROM kept"));
      assertEquals(secret, Files.readString(dir.resolve("auth.secret")));
      node.terminate();
      assertEquals(0, node.exitCode());
    }
  }

  @Test
  void aSecondNodeOnTheSameFolderRefuses() throws Exception {
    try (TestNode first = TestNode.start(FreePort.find(), data()).awaitReady();
        TestNode second = TestNode.start(FreePort.find(), data())) {
      assertEquals(1, second.exitCode());
      assertTrue(second.output().contains("Can't start: another node runs on " + dir));
      assertEquals(200, first.status("/health/ready"));
    }
  }

  @Test
  void aWrongSettingIsOneLineAndExitCodeTwo() throws Exception {
    try (TestNode node = TestNode.start(FreePort.find(), data(), "--http.prot=1")) {
      assertEquals(2, node.exitCode());
      assertEquals("hubbub: --http.prot: there is no such setting (see --help)", node.output());
    }
    try (TestNode node = TestNode.start(FreePort.find(), data(), "--auth.secret=short")) {
      assertEquals(2, node.exitCode());
      assertEquals("hubbub: auth.secret: expected at least 32 bytes", node.output());
    }
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TestNode node = TestNode.start(taken.getLocalPort(), data())) {
      assertEquals(1, node.exitCode());
      assertTrue(node.output().contains("can't listen on 127.0.0.1:" + taken.getLocalPort()));
      assertFalse(node.output().contains("\tat "), "a stack trace is no clear line");
    }
  }

  @Test
  void aDatabaseThatIsNotThereYetIsWaitedFor() throws Exception {
    int port = FreePort.find();
    String url = "--database.url=postgresql://hubbub:wrong@127.0.0.1:" + port + "/hubbub";
    try (TestNode node = TestNode.start(FreePort.find(), url, SECRET)) {
      node.await("waiting", () -> node.status("/health/ready") == 503);
      assertEquals(200, node.status("/health/live"));
      assertTrue(node.body("/health/ready").contains("is not there"), node.body("/health/ready"));
      // Now it comes up, but the password is another one.
      try (TestNode other =
          TestNode.start(FreePort.find(), data(), "--database.embedded.port=" + port)) {
        other.awaitReady();
        assertEquals(1, node.exitCode());
        assertTrue(node.output().contains("check user and password in database.url"));
        assertFalse(node.output().contains("wrong"), "the password is shown");
        String right = Files.readString(dir.resolve("database.url")).strip();
        try (TestNode second =
            TestNode.start(FreePort.find(), "--database.url=" + right, SECRET).awaitReady()) {
          second.terminate();
          assertEquals(0, second.exitCode());
        }
      }
    }
  }

  @Test
  void aNodeThatWaitsForItsDatabaseStopsWhenTold() throws Exception {
    String url = "--database.url=postgresql://u:p@127.0.0.1:" + FreePort.find() + "/hubbub";
    try (TestNode node = TestNode.start(FreePort.find(), url, SECRET, "--log.format=json")) {
      node.await("waiting", () -> node.status("/health/ready") == 503);
      node.terminate();
      assertEquals(0, node.exitCode());
      assertTrue(node.output().lines().allMatch(line -> line.startsWith("{\"@timestamp\"")));
    }
  }

  private String data() {
    return "--data.dir=" + dir;
  }

  private String sql(String text) throws Exception {
    String[] parts = Files.readString(dir.resolve("database.url")).strip().split("[/:@?]+", -1);
    // postgresql : user : password : host : port : database : sslmode
    String jdbc = "jdbc:postgresql://" + parts[3] + ":" + parts[4] + "/" + parts[5];
    try (Connection connection = DriverManager.getConnection(jdbc, parts[1], parts[2]);
        Statement statement = connection.createStatement()) {
      return statement.execute(text) ? value(statement) : "";
    }
  }

  private static String value(Statement statement) throws SQLException {
    try (ResultSet row = statement.getResultSet()) {
      row.next();
      return row.getString(1);
    }
  }
}
