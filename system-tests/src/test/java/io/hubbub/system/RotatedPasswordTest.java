package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.Jwt;
import io.hubbub.system.client.Rest;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.FreePorts;
import io.hubbub.system.harness.NodeProcess;
import io.hubbub.system.harness.Postgres;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database's password may be rotated, and its certificate is looked at, as one asks for. */
@Timeout(120)
class RotatedPasswordTest {
  private static final String USER =
      Jwt.hs256(
          Cluster.SECRET, new JsonObject().put("sub", "ann").put("exp", Jwt.inSeconds(3_600)));

  private final Path folder;

  RotatedPasswordTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static int reads(NodeProcess node) throws Exception {
    return new Rest(node.http(), USER).get("/v1/conversations").status();
  }

  private static NodeProcess start(String url, Path password) throws Exception {
    return NodeProcess.start(
        "rotated",
        FreePorts.one(),
        List.of(
            "--database.url=" + url,
            "--database.password.file=" + password,
            "--auth.secret=" + Cluster.SECRET));
  }

  @Test
  void aPasswordThatIsRotatedIsReadAgainWithoutARestart() throws Exception {
    Path file = folder.resolve("password");
    try (Postgres postgres = Postgres.start()) {
      Path certificate = postgres.overTls();
      String url =
          "postgresql://hubbub@127.0.0.1:%d/hubbub?sslmode=verify-full&sslrootcert=%s"
              .formatted(postgres.port(), certificate);
      Files.writeString(file, "not yet\n");
      try (NodeProcess node = start(url, file)) {
        node.await("waits for the password", () -> node.status("/health/ready") == 503);
        assertTrue(node.body("/health/ready").contains("database.password.file"));
        Files.writeString(file, Postgres.PASSWORD + "\n");
        node.awaitReady();
        assertEquals(200, reads(node));
        assertEquals(
            "0",
            postgres.sql(
                "SELECT count(*) FROM pg_stat_activity a JOIN pg_stat_ssl s USING (pid)"
                    + " WHERE a.usename = 'hubbub' AND NOT s.ssl"),
            "connections without TLS");

        postgres.sql("ALTER ROLE hubbub PASSWORD 'another one'");
        assertEquals(200, reads(node), "connections that stand go on");
        postgres.terminateConnections();
        node.await("is refused", () -> reads(node) == 503);
        long from = System.nanoTime();
        Files.writeString(file, "another one");
        node.await("logs in anew", () -> reads(node) == 200);
        node.await("is ready", () -> node.status("/health/ready") == 200);
        System.out.printf(
            "%d ms after the new password was there it was used%n",
            Duration.ofNanos(System.nanoTime() - from).toMillis());
      }
    }
  }

  @Test
  void aServerThatShowsAnotherCertificateIsNotBelieved() throws Exception {
    Path file = folder.resolve("password");
    Files.writeString(file, Postgres.PASSWORD);
    try (Postgres postgres = Postgres.start();
        Postgres other = Postgres.start()) {
      postgres.overTls();
      String url =
          "postgresql://hubbub@127.0.0.1:%d/hubbub?sslmode=verify-full&sslrootcert=%s"
              .formatted(postgres.port(), other.overTls());
      try (NodeProcess node = start(url, file)) {
        node.await("is unready", () -> node.status("/health/ready") == 503);
        node.await("says why", () -> node.body("/health/ready").contains("database"));
        assertTrue(node.output().contains("SSL"), node::output);
        assertEquals("0", postgres.sql("SELECT count(*) FROM pg_tables WHERE tablename = 'event'"));
      }
    }
  }
}
